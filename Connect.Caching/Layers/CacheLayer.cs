using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Layers;

/// <summary>A part of a key's name that is not counted in the database: an algorithm's version, a calendar day.</summary>
/// <param name="Value">The part.</param>
/// <param name="ValidUntil">From when on it is another.</param>
public readonly record struct KeyQualifier(string Value, DateTimeOffset ValidUntil);

/// <summary>One kind of cached value: how its keys begin, how long it is kept and what happens while the primary database is away.</summary>
public sealed class CacheLayer
{
    // Jitter only shortens: entries of one eviction must not expire together, and none may outlive its TTL.
    private const int Variants = 16;
    private const double MaxJitter = 0.1;

    private static int _layers;

    private readonly HybridCacheEntryOptions[] _options;

    /// <param name="name">Name in metrics and reports.</param>
    /// <param name="keyPrefix">How the layer's keys begin, such as <c>product:</c>; another layer's prefix does not begin with it.</param>
    /// <param name="redis">How long a value is kept in the second tier; zero for not at all.</param>
    /// <param name="memory">How long a value is kept in a process's memory.</param>
    public CacheLayer(string name, string keyPrefix, TimeSpan redis, TimeSpan memory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(keyPrefix);
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

    /// <summary>
    /// How long this process remembers that a factory answered null: that there is no such thing. The answer is kept in
    /// memory only and ends with an eviction of the entry's tags, as every answer does. Null: a null is kept like any value.
    /// </summary>
    public TimeSpan? NotFoundFor { get; init; }

    /// <summary>Whether the last good value may be served, marked stale, while Postgres cannot be reached.</summary>
    public bool FailSafe { get; init; } = true;

    /// <summary>The layer's place in arrays of per-layer generations; distinct in a process.</summary>
    internal int Ordinal { get; }

    /// <summary>The longest that a value is kept anywhere.</summary>
    internal TimeSpan MaxTtl { get; }

    /// <summary>
    /// Whether the values decide what a caller may see. A stale one may then only be used if no eviction of it
    /// is known.
    /// </summary>
    public bool Authorizes { get; init; }

    /// <summary>The type of the layer's values, where it is one: its payloads are written as JSON, and its shape is part of every key.</summary>
    public Type? ValueType { get; init; }

    /// <summary>What names the layer's values besides generations.</summary>
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

/// <summary>Everything that a cached read has to name. Made in one place for each key, so that a key has the same tags wherever it is read.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Key">The logical key.</param>
/// <param name="Tags">Its tags: the same for this key on every call site.</param>
public readonly record struct CacheEntry(CacheLayer Layer, string Key, string[] Tags)
{
    /// <summary>The entry's TTLs.</summary>
    public HybridCacheEntryOptions Options => Layer.OptionsFor(Key);

    /// <summary>The same TTLs for a process that has no readers of the entry: only Redis is asked and filled.</summary>
    public HybridCacheEntryOptions OptionsPastMemory
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
