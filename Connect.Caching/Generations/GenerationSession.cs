using System.Collections.Concurrent;

namespace Connect.Caching.Generations;

/// <summary>
/// The generations that an instance knows during the life of one listener connection. A new session starts empty: a
/// generation heard on an old connection may belong to a former primary database.
/// </summary>
internal sealed class GenerationSession(DatabaseIdentity identity, ulong watermark, int maxTags)
{
    private readonly ConcurrentDictionary<string, TagGeneration> _tagGenerations = new(StringComparer.Ordinal);

    // The dictionary's own count would take all of its locks at each new tag.
    private int _knownTags;
    private long _confirmedAt;
    private long _confirmedUtcTicks;
    private volatile bool _ended;

    public DatabaseIdentity Identity { get; } = identity;

    /// <summary>Monotonic time at which the database had answered the listener's first query.</summary>
    public long BegunAt { get; init; }

    /// <summary>Transactions below this were visible to the last poll. Only the poll's thread uses it.</summary>
    public ulong Watermark { get; set; } = watermark;

    /// <summary>Whether the generations must no longer be used.</summary>
    public bool HasEnded => _ended;

    /// <summary>Monotonic time at which the last successful poll was sent; 0 before the first.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    public int KnownTags => Volatile.Read(ref _knownTags);

    public void End() => _ended = true;

    /// <summary>The same moment by the wall clock, in ticks of UTC.</summary>
    public long ConfirmedUtcTicks => Volatile.Read(ref _confirmedUtcTicks);

    /// <summary>Stores the time of a successful poll. To be called after its rows were applied.</summary>
    /// <param name="sentAt">Monotonic time at which it was sent.</param>
    /// <param name="sentUtc">The same moment by the wall clock.</param>
    public void Confirm(long sentAt, DateTimeOffset sentUtc)
    {
        Volatile.Write(ref _confirmedUtcTicks, sentUtc.UtcTicks);
        Volatile.Write(ref _confirmedAt, sentAt);
    }

    /// <summary>The row's generation in memory; a new one is a placeholder until it is loaded.</summary>
    public TagGeneration GenerationOf(string row)
    {
        if (_tagGenerations.TryGetValue(row, out var known))
        {
            return known;
        }

        if (KnownTags >= maxTags)
        {
            DropSome();
        }

        var added = new TagGeneration();
        var kept = _tagGenerations.GetOrAdd(row, added);
        if (ReferenceEquals(kept, added))
        {
            Interlocked.Increment(ref _knownTags);
        }

        return kept;
    }

    /// <summary>Applies a generation that was heard or polled, if the row is known; others are loaded when they are needed.</summary>
    public bool Apply(string row, long generation, long now) =>
        _tagGenerations.TryGetValue(row, out var tagGeneration) && tagGeneration.Raise(generation, now);

    /// <summary>Whether a polled generation is lower than the one that was known when the poll was sent.</summary>
    public bool IsContradictedBy(string row, long generation, long sentAt) =>
        _tagGenerations.TryGetValue(row, out var tagGeneration) && tagGeneration.IsContradictedBy(generation, sentAt);

    /// <summary>Loads the generations that are not loaded yet.</summary>
    /// <param name="rows">Names of the rows.</param>
    /// <param name="tagGenerations">
    /// Their generations in memory, in the same order: they are there before the load, so that none that is heard meanwhile is lost.
    /// </param>
    /// <param name="load">Reads the generations of rows; absent ones are 0.</param>
    public static async Task EnsureLoadedAsync(
        string[] rows, TagGeneration[] tagGenerations, Func<string[], Task<IReadOnlyDictionary<string, long>>> load)
    {
        var missing = Array.FindAll([.. Enumerable.Range(0, rows.Length)], place => !tagGenerations[place].IsLoaded);
        var generations = await load(Array.ConvertAll(missing, place => rows[place])).ConfigureAwait(false);
        foreach (var place in missing)
        {
            tagGenerations[place].Raise(generations.GetValueOrDefault(rows[place]), now: 0);
            tagGenerations[place].MarkLoaded();
        }
    }

    // Drops a quarter in arbitrary order: a row that is still in use is loaded again by one query.
    private void DropSome()
    {
        var excess = maxTags / 4;
        foreach (var (row, tagGeneration) in _tagGenerations)
        {
            if (excess-- <= 0)
            {
                return;
            }

            tagGeneration.MarkDead();
            if (_tagGenerations.TryRemove(KeyValuePair.Create(row, tagGeneration)))
            {
                Interlocked.Decrement(ref _knownTags);
            }
        }
    }
}
