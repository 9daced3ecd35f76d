using Connect.Caching.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tiers;

/// <summary>
/// The first tier: a memory cache that is bounded by the serialized size of its entries. Over the bound, the least
/// recently used entries are removed. HybridCache sets the size of every value that it has serialized; an entry without
/// a size counts as a kilobyte, where the stock memory cache would throw.
/// </summary>
internal sealed class MemoryTier : IMemoryCache
{
    private const int UnknownSize = 1024;

    private readonly MemoryCache _entries;

    public MemoryTier(IOptions<CacheOptions> options, CacheMetrics metrics, TimeProvider time)
    {
        LimitBytes = options.Value.MemoryLimitBytes;
        _entries = new MemoryCache(new MemoryCacheOptions { SizeLimit = LimitBytes, TrackStatistics = true, Clock = new Clock(time) });
        metrics.ObserveMemory(Read);
    }

    /// <summary>Limit of the entries' serialized size, in bytes.</summary>
    public long LimitBytes { get; }

    /// <summary>Number of entries.</summary>
    public long Entries => _entries.Count;

    /// <summary>Their serialized size, in bytes.</summary>
    public long Bytes => _entries.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <summary>The present content.</summary>
    public MemorySnapshot Read() => new(Entries, Bytes, LimitBytes);

    /// <inheritdoc />
    public ICacheEntry CreateEntry(object key)
    {
        var entry = _entries.CreateEntry(key);
        entry.Size = UnknownSize;
        return entry;
    }

    /// <inheritdoc />
    public bool TryGetValue(object key, out object? value) => _entries.TryGetValue(key, out value);

    /// <inheritdoc />
    public void Remove(object key) => _entries.Remove(key);

    /// <inheritdoc />
    public void Dispose() => _entries.Dispose();

    // Entries must expire by the same clock as their names.
    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
