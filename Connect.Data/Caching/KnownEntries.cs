using System.Collections.Concurrent;

namespace Connect.Data.Caching;

/// <summary>Entries of ids that are read again and again, so that a hit builds no key and no tags. It is cleared when full.</summary>
internal sealed class KnownEntries(Func<Guid, CacheEntry> create)
{
    /// <summary>Most entries, of some 400 bytes each.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<Guid, CacheEntry> _entries = new();
    private int _count;

    public CacheEntry Of(Guid id) => _entries.TryGetValue(id, out var entry) ? entry : Add(id);

    private CacheEntry Add(Guid id)
    {
        var entry = create(id);
        if (Volatile.Read(ref _count) >= Capacity)
        {
            _entries.Clear();
            Volatile.Write(ref _count, 0);
        }

        if (_entries.TryAdd(id, entry))
        {
            Interlocked.Increment(ref _count);
        }

        return entry;
    }
}
