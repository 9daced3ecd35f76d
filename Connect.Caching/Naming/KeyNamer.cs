using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Naming;

/// <summary>
/// Names keys by numbers read now: from this process's cells while they are verified, else by asking Postgres for
/// this one read.
/// </summary>
internal sealed class KeyNamer(
    GenerationListener feed, GenerationStore store, KeyComposer composer, IOptions<CacheOptions> options, TimeProvider time)
{
    // A question that was not answered speaks for those that come right after it: the layers of one request, and
    // other requests, would each wait for the same silence. A good sweep ends it, and so does a feed that connects.
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
        feed.TryGetVerified(timestamp, out var epoch) ? composer.FindByNumbers(key, epoch) : null;

    /// <summary>The kept name of a key, if it is verified and current.</summary>
    public ComposedKey? FindCurrent(string key, DateTimeOffset now) =>
        feed.TryGetVerified(now, out var epoch) ? composer.FindCurrent(key, epoch, now) : null;

    /// <summary>The kept name of a key, if it stands by what this process knew last, verified or not.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="confirmedAt">When that knowledge was confirmed last.</param>
    public ComposedKey? FindLastKnown(string key, out long confirmedAt)
    {
        var last = feed.Last;
        confirmedAt = last?.ConfirmedAt ?? 0;
        return last is not null && composer.Find(key) is { } known && known.IsCurrent(last, time.GetUtcNow()) ? known : null;
    }

    /// <summary>Why a key cannot be named now, where that is known without asking; null otherwise.</summary>
    public Exception? FindObstacle() => feed.TryGetVerified(out _) ? null : FindAbsence();

    /// <summary>Names a key.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="variant">The successor that is asked for; null for the value itself.</param>
    /// <param name="tags">The entry's tags.</param>
    /// <param name="ambient">Counts the queries for numbers, and may ask for a coming moment's name.</param>
    /// <param name="cancellationToken">Gives up waiting; a shared load goes on.</param>
    /// <exception cref="DatabaseUnavailableException">Postgres did not answer a moment ago.</exception>
    public async ValueTask<ComposedKey> NameAsync(
        string key, string? variant, string[] tags, CacheAmbient? ambient, CancellationToken cancellationToken)
    {
        var counters = KeyComposer.CountersOf(key, tags);
        if (feed.TryGetVerified(out var epoch))
        {
            var cells = Array.ConvertAll(counters, epoch.CellOf);
            try
            {
                if (!Array.TrueForAll(cells, cell => cell.IsLoaded))
                {
                    ambient?.Trace?.AddGenerationQuery();
                    await epoch.EnsureLoadedAsync(counters, cells, names => LoadAsync(epoch, names))
                        .WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                var numbers = Array.ConvertAll(cells, cell => cell.Value);
                if (!epoch.HasEnded)
                {
                    // A coming moment's name must not stand where readers look for the present one.
                    return ambient?.AsOf is { } moment
                        ? composer.Compose(key, variant, tags, epoch.Identity, counters, numbers, epoch: null, [], moment)
                        : composer.Compose(key, variant, tags, epoch.Identity, counters, numbers, epoch, cells, time.GetUtcNow());
                }
            }
            catch (SessionEndedException)
            {
                // The pool reached another database than the feed: ask anew, for this read alone.
            }
        }

        ambient?.Trace?.AddGenerationQuery();
        var snapshot = await AskAsync(counters, cancellationToken).ConfigureAwait(false);
        var asked = Array.ConvertAll(counters, counter => snapshot.Numbers.GetValueOrDefault(counter));
        return composer.Compose(key, variant, tags, snapshot.Identity, counters, asked, epoch: null, [], ambient?.AsOf ?? time.GetUtcNow());
    }

    private async Task<IReadOnlyDictionary<string, long>> LoadAsync(GenerationSession epoch, IReadOnlyList<string> counters)
    {
        var snapshot = await AskAsync(counters, CancellationToken.None).ConfigureAwait(false);
        if (snapshot.Identity != epoch.Identity)
        {
            feed.EndSession(epoch, "a query reached another database than the feed");
            throw new SessionEndedException();
        }

        return snapshot.Numbers;
    }

    private async Task<GenerationSnapshot> AskAsync(IReadOnlyList<string> counters, CancellationToken cancellationToken)
    {
        if (FindAbsence() is { } known)
        {
            throw new DatabaseUnavailableException(known);
        }

        try
        {
            var snapshot = await store.LoadAsync(counters, cancellationToken)
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
            && !(feed.Current is { } epoch && Math.Max(epoch.ConfirmedAt, epoch.BegunAt) > absence.At)
            ? absence.Cause
            : null;

    /// <summary>That Postgres could not be reached a moment ago.</summary>
    private sealed record Absence(Exception Cause, long At, TimeSpan Lasts);
}
