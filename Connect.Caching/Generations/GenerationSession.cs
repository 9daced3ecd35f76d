using System.Collections.Concurrent;

namespace Connect.Caching.Generations;

/// <summary>
/// What a process knows of the numbers during the life of one feed connection. Nothing passes from one epoch
/// to the next: a number heard on an old connection may belong to a database that is no longer the truth.
/// </summary>
internal sealed class GenerationSession(DatabaseIdentity identity, ulong watermark, int maxCells)
{
    private readonly ConcurrentDictionary<string, TagGeneration> _cells = new(StringComparer.Ordinal);
    private readonly Lock _loadGate = new();
    private long _confirmedAt;
    private long _confirmedUtcTicks;
    private volatile bool _ended;

    public DatabaseIdentity Identity { get; } = identity;

    /// <summary>Monotonic time at which the database had answered the feed.</summary>
    public long BegunAt { get; init; }

    /// <summary>Transactions below this were visible to the last sweep. Only the sweep's thread uses it.</summary>
    public ulong Watermark { get; set; } = watermark;

    /// <summary>Set when the numbers held can no longer be trusted at all.</summary>
    public bool HasEnded => _ended;

    /// <summary>Monotonic time at which the last good sweep was sent; 0 before the first.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    public int KnownTags => _cells.Count;

    public void End() => _ended = true;

    /// <summary>The same moment by the wall clock, in ticks of UTC.</summary>
    public long ConfirmedUtcTicks => Volatile.Read(ref _confirmedUtcTicks);

    /// <summary>Stamps a sweep, after its rows were applied.</summary>
    /// <param name="sentAt">Monotonic time at which it was sent.</param>
    /// <param name="sentUtc">The same moment by the wall clock.</param>
    public void Confirm(long sentAt, DateTimeOffset sentUtc)
    {
        Volatile.Write(ref _confirmedUtcTicks, sentUtc.UtcTicks);
        Volatile.Write(ref _confirmedAt, sentAt);
    }

    /// <summary>The tag's cell, made as a placeholder where there was none.</summary>
    public TagGeneration CellOf(string counter)
    {
        if (_cells.TryGetValue(counter, out var known))
        {
            return known;
        }

        if (_cells.Count >= maxCells)
        {
            DropSome();
        }

        return _cells.GetOrAdd(counter, static _ => new TagGeneration());
    }

    /// <summary>Applies a number that was heard or swept. Unknown tags stay unknown: their load will read it.</summary>
    public bool Apply(string counter, long generation, long now) =>
        _cells.TryGetValue(counter, out var cell) && cell.Raise(generation, now);

    /// <summary>Whether a swept number is lower than what was known when the sweep was sent.</summary>
    public bool IsContradictedBy(string counter, long generation, long sentAt) =>
        _cells.TryGetValue(counter, out var cell) && cell.IsContradictedBy(generation, sentAt);

    /// <summary>
    /// Loads what is not loaded yet; everybody who waits for one tag shares one query. The query's caller is
    /// nobody in particular, so it is never cancelled by one of them.
    /// </summary>
    /// <param name="counters">Names of the numbers.</param>
    /// <param name="cells">Their cells, in the same order: a load fills the very cells that a key is composed of.</param>
    /// <param name="load">Reads the numbers of the given names; absent ones are 0.</param>
    /// <returns>How many queries this call started: 0 or 1.</returns>
    public async Task<int> EnsureLoadedAsync(
        string[] counters, TagGeneration[] cells, Func<IReadOnlyList<string>, Task<IReadOnlyDictionary<string, long>>> load)
    {
        HashSet<Task> pending = [];
        var started = 0;
        lock (_loadGate)
        {
            List<(string Counter, TagGeneration Cell)>? missing = null;
            for (var i = 0; i < cells.Length; i++)
            {
                if (cells[i].IsLoaded)
                {
                    continue;
                }

                if (cells[i].Loading is { IsCompleted: false } running)
                {
                    pending.Add(running);
                }
                else
                {
                    (missing ??= []).Add((counters[i], cells[i]));
                }
            }

            if (missing is not null)
            {
                var loading = LoadAsync(missing, load);
                missing.ForEach(entry => entry.Cell.Loading = loading);
                pending.Add(loading);
                started = 1;
            }
        }

        await Task.WhenAll(pending).ConfigureAwait(false);
        return started;
    }

    private static async Task LoadAsync(
        List<(string Counter, TagGeneration Cell)> missing, Func<IReadOnlyList<string>, Task<IReadOnlyDictionary<string, long>>> load)
    {
        // Leave the lock before any I/O starts.
        await Task.Yield();
        var numbers = await load([.. missing.Select(entry => entry.Counter)]).ConfigureAwait(false);
        foreach (var (counter, cell) in missing)
        {
            cell.Raise(numbers.GetValueOrDefault(counter), now: 0);
            cell.MarkLoaded();
        }
    }

    // A quarter goes, whichever comes first: what is still in use is loaded again by one query.
    private void DropSome()
    {
        var excess = maxCells / 4;
        foreach (var (counter, cell) in _cells)
        {
            if (excess-- <= 0)
            {
                return;
            }

            cell.MarkDead();
            _cells.TryRemove(KeyValuePair.Create(counter, cell));
        }
    }
}
