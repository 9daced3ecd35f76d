using System.Collections.Concurrent;

namespace Connect.Caching.Generations;

/// <summary>
/// What a process knows of the generations during the life of one listener connection. Nothing passes from one session
/// to the next: a generation heard on an old connection may belong to a database that is no longer the primary database.
/// </summary>
internal sealed class GenerationSession(DatabaseIdentity identity, ulong watermark, int maxTags)
{
    private readonly ConcurrentDictionary<string, TagGeneration> _tagGenerations = new(StringComparer.Ordinal);
    private readonly Lock _loadGate = new();
    private long _confirmedAt;
    private long _confirmedUtcTicks;
    private volatile bool _ended;

    public DatabaseIdentity Identity { get; } = identity;

    /// <summary>Monotonic time at which the database had answered the listener.</summary>
    public long BegunAt { get; init; }

    /// <summary>Transactions below this were visible to the last poll. Only the poll's thread uses it.</summary>
    public ulong Watermark { get; set; } = watermark;

    /// <summary>Set when the generations held can no longer be trusted at all.</summary>
    public bool HasEnded => _ended;

    /// <summary>Monotonic time at which the last good poll was sent; 0 before the first.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    public int KnownTags => _tagGenerations.Count;

    public void End() => _ended = true;

    /// <summary>The same moment by the wall clock, in ticks of UTC.</summary>
    public long ConfirmedUtcTicks => Volatile.Read(ref _confirmedUtcTicks);

    /// <summary>Stamps a poll, after its rows were applied.</summary>
    /// <param name="sentAt">Monotonic time at which it was sent.</param>
    /// <param name="sentUtc">The same moment by the wall clock.</param>
    public void Confirm(long sentAt, DateTimeOffset sentUtc)
    {
        Volatile.Write(ref _confirmedUtcTicks, sentUtc.UtcTicks);
        Volatile.Write(ref _confirmedAt, sentAt);
    }

    /// <summary>The tag's tagGeneration, made as a placeholder where there was none.</summary>
    public TagGeneration GenerationOf(string row)
    {
        if (_tagGenerations.TryGetValue(row, out var known))
        {
            return known;
        }

        if (_tagGenerations.Count >= maxTags)
        {
            DropSome();
        }

        return _tagGenerations.GetOrAdd(row, static _ => new TagGeneration());
    }

    /// <summary>Applies a generation that was heard or polled. Unknown tags stay unknown: their load will read it.</summary>
    public bool Apply(string row, long generation, long now) =>
        _tagGenerations.TryGetValue(row, out var tagGeneration) && tagGeneration.Raise(generation, now);

    /// <summary>Whether a polled generation is lower than what was known when the poll was sent.</summary>
    public bool IsContradictedBy(string row, long generation, long sentAt) =>
        _tagGenerations.TryGetValue(row, out var tagGeneration) && tagGeneration.IsContradictedBy(generation, sentAt);

    /// <summary>
    /// Loads the generations that are not loaded yet. Readers that wait for the same tag share one query, which therefore is not
    /// cancelled when one of them gives up.
    /// </summary>
    /// <param name="rows">Names of the generations.</param>
    /// <param name="tagGenerations">Their places in memory, in the same order: a load fills the very places that a key is composed of.</param>
    /// <param name="load">Reads the generations of the given names; absent ones are 0.</param>
    /// <returns>How many queries this call started: 0 or 1.</returns>
    public async Task<int> EnsureLoadedAsync(
        string[] rows, TagGeneration[] tagGenerations, Func<IReadOnlyList<string>, Task<IReadOnlyDictionary<string, long>>> load)
    {
        HashSet<Task> pending = [];
        var started = 0;
        lock (_loadGate)
        {
            List<(string Counter, TagGeneration Tag)>? missing = null;
            for (var i = 0; i < tagGenerations.Length; i++)
            {
                if (tagGenerations[i].IsLoaded)
                {
                    continue;
                }

                if (tagGenerations[i].Loading is { IsCompleted: false } running)
                {
                    pending.Add(running);
                }
                else
                {
                    (missing ??= []).Add((rows[i], tagGenerations[i]));
                }
            }

            if (missing is not null)
            {
                var loading = LoadAsync(missing, load);
                missing.ForEach(entry => entry.Tag.Loading = loading);
                pending.Add(loading);
                started = 1;
            }
        }

        await Task.WhenAll(pending).ConfigureAwait(false);
        return started;
    }

    private static async Task LoadAsync(
        List<(string Counter, TagGeneration Tag)> missing, Func<IReadOnlyList<string>, Task<IReadOnlyDictionary<string, long>>> load)
    {
        // Leave the lock before any I/O starts.
        await Task.Yield();
        var generations = await load([.. missing.Select(entry => entry.Counter)]).ConfigureAwait(false);
        foreach (var (row, tagGeneration) in missing)
        {
            tagGeneration.Raise(generations.GetValueOrDefault(row), now: 0);
            tagGeneration.MarkLoaded();
        }
    }

    // A quarter goes, whichever comes first: what is still in use is loaded again by one query.
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
            _tagGenerations.TryRemove(KeyValuePair.Create(row, tagGeneration));
        }
    }
}
