using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Core.Caching;

/// <summary>A part of a key's name that is not counted in the database: an algorithm's version, a calendar day.</summary>
/// <param name="Value">The part.</param>
/// <param name="ValidUntil">From when on it is another.</param>
public readonly record struct KeyQualifier(string Value, DateTimeOffset ValidUntil);

/// <summary>One kind of cached value: how its keys begin, how long it is kept and what happens when the truth is away.</summary>
public sealed class CacheLayer
{
    // Jitter only shortens: entries of one eviction must not expire together, and none may outlive its TTL.
    private const int Variants = 16;
    private const double MaxJitter = 0.1;

    private static int _layers;

    private readonly HybridCacheEntryOptions[] _options;

    internal CacheLayer(string name, string keyPrefix, TimeSpan redis, TimeSpan memory)
    {
        Ordinal = Interlocked.Increment(ref _layers) - 1;
        Name = name;
        KeyPrefix = keyPrefix;
        MaxTtl = redis > memory ? redis : memory;
        _options = [.. Enumerable.Range(0, Variants).Select(variant => ToOptions(redis, memory, 1 - (MaxJitter * variant / Variants)))];
    }

    /// <summary>Name in metrics and reports.</summary>
    public string Name { get; }

    /// <summary>How the layer's logical keys begin.</summary>
    public string KeyPrefix { get; }

    /// <summary>Whether the last good value may be served, marked stale, while Postgres cannot be reached.</summary>
    public bool FailSafe { get; init; } = true;

    /// <summary>The layer's place in arrays of per-layer numbers.</summary>
    internal int Ordinal { get; }

    /// <summary>The longest that a value is kept anywhere.</summary>
    internal TimeSpan MaxTtl { get; }

    /// <summary>
    /// Whether the values decide what a caller may see. A stale one may then only be used if no eviction of it
    /// is known.
    /// </summary>
    public bool Authorizes { get; init; }

    /// <summary>What names the layer's values besides numbers.</summary>
    public Func<DateTimeOffset, KeyQualifier>? Qualifier { get; init; }

    /// <summary>Options for one key: the TTLs of the layer, shortened a little.</summary>
    internal HybridCacheEntryOptions OptionsFor(string key) =>
        _options[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Variants];

    private static HybridCacheEntryOptions ToOptions(TimeSpan redis, TimeSpan memory, double factor) => new()
    {
        Expiration = (redis > TimeSpan.Zero ? redis : memory) * factor,
        LocalCacheExpiration = memory * factor,
        Flags = redis > TimeSpan.Zero ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableDistributedCache,
    };
}

/// <summary>Everything a cached read needs to name: made by <see cref="CacheLayers"/> only.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Key">The logical key.</param>
/// <param name="Tags">Its tags: the same for this key on every call site.</param>
public readonly record struct CacheEntry(CacheLayer Layer, string Key, string[] Tags)
{
    /// <summary>The entry's TTLs.</summary>
    public HybridCacheEntryOptions Options => Layer.OptionsFor(Key);

    /// <summary>The same TTLs for a process that has no readers of the entry: only Redis is asked and filled.</summary>
    internal HybridCacheEntryOptions OptionsPastMemory
    {
        get
        {
            var options = Options;
            return new()
            {
                Expiration = options.Expiration,
                LocalCacheExpiration = options.LocalCacheExpiration,
                Flags = (options.Flags ?? HybridCacheEntryFlags.None) | HybridCacheEntryFlags.DisableLocalCache,
            };
        }
    }
}
