using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tiers;

/// <summary>
/// The first tier: a memory cache that is bounded by the serialized size of what it holds. Over the bound, what was
/// used longest ago makes room. HybridCache tells the size of every value that it could serialize; what comes
/// without one counts as a kilobyte, where the plain cache would refuse it with an exception.
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

    /// <summary>The most that the entries may measure together, in bytes.</summary>
    public long LimitBytes { get; }

    /// <summary>Entries held.</summary>
    public long Entries => _entries.Count;

    /// <summary>Their serialized size, in bytes.</summary>
    public long Bytes => _entries.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <summary>What it holds now.</summary>
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

    // Else entries would expire by another clock than the names that they are stored under.
    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
