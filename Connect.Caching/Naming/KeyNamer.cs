using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Naming;

/// <summary>
/// Names keys by generations read now: from this process's tagGenerations while they are verified, else by asking Postgres for
/// this one read.
/// </summary>
internal sealed class KeyNamer(
    GenerationState state, GenerationStore store, KeyComposer composer, IOptions<CacheOptions> options, TimeProvider time)
{
    // After a query for generations timed out, others fail fast for this long: the layers of one request, and other requests,
    // would each wait for the same time-out. A successful poll or a reconnect of the listener ends it early.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    // A refusal is quick, but under load connecting in vain for every read costs the processor that answers need.
    private static readonly TimeSpan Refusal = TimeSpan.FromMilliseconds(200);

    // Npgsql's own time-out is followed by two seconds in which it asks the silent server to cancel.
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.GenerationsTimeoutSeconds);
    private Absence? _absence;

    /// <summary>
    /// The kept name of a key, if it is verified by the monotonic clock. What the wall clock has a say in, the day and
    /// the sleep of a machine, is for those who keep an answer no longer than <see cref="RecentAnswer.MaxAge"/>.
    /// </summary>
    /// <param name="key">The logical key.</param>
    /// <param name="timestamp">Monotonic time.</param>
    public ComposedKey? FindRecent(string key, long timestamp) =>
        state.TryGetVerified(timestamp, out var session) ? composer.FindByGenerations(key, session) : null;

    /// <summary>The kept name of a key, if it is verified and current.</summary>
    public ComposedKey? FindCurrent(string key, DateTimeOffset now) =>
        state.TryGetVerified(now, out var session) ? composer.FindCurrent(key, session, now) : null;

    /// <summary>The kept name of a key, if it stands by what this process knew last, verified or not.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="confirmedAt">When that knowledge was confirmed last.</param>
    public ComposedKey? FindLastKnown(string key, out long confirmedAt)
    {
        var last = state.Last;
        confirmedAt = last?.ConfirmedAt ?? 0;
        return last is not null && composer.Find(key) is { } known && known.IsCurrent(last, time.GetUtcNow()) ? known : null;
    }

    /// <summary>Why a key cannot be named now, where that is known without asking; null otherwise.</summary>
    public Exception? FindObstacle() => state.TryGetVerified(out _) ? null : FindAbsence();

    /// <summary>Names a key.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="variant">The successor that is asked for; null for the value itself.</param>
    /// <param name="tags">The entry's tags.</param>
    /// <param name="ambient">Counts the queries for generations, and may ask for a coming moment's name.</param>
    /// <param name="cancellationToken">Gives up waiting; a shared load goes on.</param>
    /// <exception cref="DatabaseUnavailableException">Postgres did not answer a moment ago.</exception>
    public async ValueTask<ComposedKey> NameAsync(
        string key, string? variant, string[] tags, CacheAmbient? ambient, CancellationToken cancellationToken)
    {
        var rows = KeyComposer.RowsOf(key, tags);
        if (state.TryGetVerified(out var session))
        {
            var tagGenerations = Array.ConvertAll(rows, session.GenerationOf);
            try
            {
                if (!Array.TrueForAll(tagGenerations, tagGeneration => tagGeneration.IsLoaded))
                {
                    ambient?.Trace?.AddGenerationQuery();
                    await session.EnsureLoadedAsync(rows, tagGenerations, names => LoadAsync(session, names))
                        .WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                var generations = Array.ConvertAll(tagGenerations, tagGeneration => tagGeneration.Value);
                if (!session.HasEnded)
                {
                    // A coming moment's name must not stand where readers look for the present one.
                    return ambient?.AsOf is { } moment
                        ? composer.Compose(key, variant, tags, session.Identity, rows, generations, session: null, [], moment)
                        : composer.Compose(key, variant, tags, session.Identity, rows, generations, session, tagGenerations, time.GetUtcNow());
                }
            }
            catch (SessionEndedException)
            {
                // The pool reached another database than the listener: ask anew, for this read alone.
            }
        }

        ambient?.Trace?.AddGenerationQuery();
        var snapshot = await AskAsync(rows, cancellationToken).ConfigureAwait(false);
        var asked = Array.ConvertAll(rows, row => snapshot.Generations.GetValueOrDefault(row));
        return composer.Compose(key, variant, tags, snapshot.Identity, rows, asked, session: null, [], ambient?.AsOf ?? time.GetUtcNow());
    }

    private async Task<IReadOnlyDictionary<string, long>> LoadAsync(GenerationSession session, IReadOnlyList<string> rows)
    {
        var snapshot = await AskAsync(rows, CancellationToken.None).ConfigureAwait(false);
        if (snapshot.Identity != session.Identity)
        {
            state.End(session, "a query reached another database than the listener");
            throw new SessionEndedException();
        }

        return snapshot.Generations;
    }

    private async Task<GenerationSnapshot> AskAsync(IReadOnlyList<string> rows, CancellationToken cancellationToken)
    {
        if (FindAbsence() is { } known)
        {
            throw new DatabaseUnavailableException(known);
        }

        try
        {
            var snapshot = await store.LoadAsync(rows, cancellationToken)
                .WaitAsync(_patience, time, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _absence, null);
            return snapshot;
        }
        catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception))
        {
            Volatile.Write(
                ref _absence, new Absence(exception, time.GetTimestamp(), DatabaseFailures.IsTimeout(exception) ? Silence : Refusal));
            throw;
        }
    }

    private Exception? FindAbsence() =>
        Volatile.Read(ref _absence) is { } absence
            && time.GetElapsedTime(absence.At) < absence.Lasts
            && !(state.Current is { } session && Math.Max(session.ConfirmedAt, session.BegunAt) > absence.At)
            ? absence.Cause
            : null;

    /// <summary>That Postgres could not be reached a moment ago.</summary>
    private sealed record Absence(Exception Cause, long At, TimeSpan Lasts);
}
