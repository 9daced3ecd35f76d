using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Naming;

/// <summary>
/// Names keys by current generations: from memory while they are verified, else by a query for this read.
/// </summary>
internal sealed class KeyNamer(
    GenerationState state, GenerationStore store, KeyComposer composer, IOptions<CacheOptions> options, TimeProvider time)
{
    // After a query for generations timed out, others fail fast for this long: the layers of one request, and other
    // requests, would each wait for the same time-out. A successful poll or a reconnect of the listener ends it early.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    // A refused connection fails at once, but a try for every read would cost processor time that answers need.
    private static readonly TimeSpan Refusal = TimeSpan.FromMilliseconds(200);

    // After its own time-out, Npgsql tries for two more seconds to cancel the query; this limit does not wait for that.
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.GenerationsTimeoutSeconds);
    private Absence? _absence;

    /// <summary>
    /// The kept name of a key, if it is verified by the monotonic clock. The wall clock, and with it the day and a
    /// sleep of the machine, is not checked: use it only for answers that are kept no longer than
    /// <see cref="RecentAnswer.MaxAge"/>.
    /// </summary>
    /// <param name="key">The logical key.</param>
    /// <param name="timestamp">Monotonic time.</param>
    public ComposedKey? FindRecent(string key, long timestamp) =>
        state.TryGetVerified(timestamp, out var session) ? composer.FindByGenerations(key, session) : null;

    /// <summary>The kept name of a key, if it is verified and current.</summary>
    public ComposedKey? FindCurrent(string key, DateTimeOffset now) =>
        state.TryGetVerified(now, out var session) ? composer.FindCurrent(key, session, now) : null;

    /// <summary>The kept name of a key, if it stands by the last known generations, verified or not.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="confirmedAt">Monotonic time of their last confirmation; 0 for never.</param>
    public ComposedKey? FindLastKnown(string key, out long confirmedAt)
    {
        var last = state.Last;
        confirmedAt = last?.ConfirmedAt ?? 0;
        return last is not null && composer.Find(key) is { } known && known.IsCurrent(last, time.GetUtcNow()) ? known : null;
    }

    /// <summary>The reason why a key cannot be named now, if a recent query failed; null otherwise.</summary>
    public Exception? FindObstacle() => state.TryGetVerified(out _) ? null : FindAbsence();

    /// <summary>Names a key.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="variant">The wanted successor; null for the value itself.</param>
    /// <param name="tags">The entry's tags.</param>
    /// <param name="ambient">Counts the queries for generations, and may have a future moment.</param>
    /// <param name="cancellationToken">Ends the wait; a shared load continues.</param>
    /// <exception cref="DatabaseUnavailableException">A recent query failed, so none is tried.</exception>
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
                    // The name of a future moment is not kept, because readers would find it as the present one.
                    return ambient?.AsOf is { } moment
                        ? composer.Compose(key, variant, tags, session.Identity, rows, generations, session: null, [], moment)
                        : composer.Compose(key, variant, tags, session.Identity, rows, generations, session, tagGenerations, time.GetUtcNow());
                }
            }
            catch (SessionEndedException)
            {
                // The pool reached another database than the listener: query again, for this read only.
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
        catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
        {
            Volatile.Write(
                ref _absence, new Absence(exception, time.GetTimestamp(), PrimaryDatabase.IsTimeout(exception) ? Silence : Refusal));
            throw;
        }
    }

    private Exception? FindAbsence() =>
        Volatile.Read(ref _absence) is { } absence
            && time.GetElapsedTime(absence.At) < absence.Lasts
            && !(state.Current is { } session && Math.Max(session.ConfirmedAt, session.BegunAt) > absence.At)
            ? absence.Cause
            : null;

    /// <summary>A failed query for generations.</summary>
    private sealed record Absence(Exception Cause, long At, TimeSpan Lasts);
}
