using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Layers;

/// <summary>A part of a name besides generations, such as an algorithm's version or the day.</summary>
/// <param name="Value">The part.</param>
/// <param name="ValidUntil">The moment from which it is another one.</param>
public readonly record struct KeyQualifier(string Value, DateTimeOffset ValidUntil);

/// <summary>One kind of cached values: prefix of their keys, lifetimes, and use while the primary database is away.</summary>
public sealed class CacheLayer
{
    // Lifetimes are shortened by up to 10 %, by the key's hash, so that values of one eviction do not expire together.
    private const int Variants = 16;
    private const double MaxJitter = 0.1;

    private static int _layers;

    private readonly HybridCacheEntryOptions[] _options;

    /// <param name="name">Name in metrics and reports.</param>
    /// <param name="keyPrefix">Prefix of the layer's keys, such as <c>product:</c>; no other layer's prefix begins with it.</param>
    /// <param name="redis">How long a value is kept in the second tier; zero for not at all.</param>
    /// <param name="memory">How long a value is kept in an instance's memory.</param>
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

    /// <summary>Prefix of the layer's logical keys.</summary>
    public string KeyPrefix { get; }

    /// <summary>
    /// How long a factory's null, which means "there is none", is kept. It is kept in memory only, and evicted like any
    /// value. If not set, a null is kept like any value.
    /// </summary>
    public TimeSpan? NotFoundFor { get; init; }

    /// <summary>Whether the last good value may be served, marked stale, while Postgres cannot be reached.</summary>
    public bool FailSafe { get; init; } = true;

    /// <summary>The layer's index in arrays of statistics; distinct in a process.</summary>
    internal int Ordinal { get; }

    /// <summary>Longest lifetime in any tier.</summary>
    internal TimeSpan MaxTtl { get; }

    /// <summary>
    /// Whether the values decide about access. Then a last good value may be used only if no eviction of it is known.
    /// </summary>
    public bool Authorizes { get; init; }

    /// <summary>The type of the layer's values, if there is only one: its shape is part of every key.</summary>
    public Type? ValueType { get; init; }

    /// <summary>The part of names besides generations, at a moment; null for none.</summary>
    public Func<DateTimeOffset, KeyQualifier>? Qualifier { get; init; }

    /// <summary>The layer's lifetimes for one key.</summary>
    internal HybridCacheEntryOptions OptionsFor(string key) =>
        _options[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Variants];

    private static HybridCacheEntryOptions ToOptions(TimeSpan redis, TimeSpan memory, double factor) => new()
    {
        Expiration = (redis > TimeSpan.Zero ? redis : memory) * factor,
        LocalCacheExpiration = memory * factor,
        Flags = redis > TimeSpan.Zero ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableDistributedCache,
    };
}

/// <summary>Layer, key and tags of a cached read. A key must have the same tags wherever it is read.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Key">The logical key.</param>
/// <param name="Tags">Its tags.</param>
public readonly record struct CacheEntry(CacheLayer Layer, string Key, string[] Tags)
{
    /// <summary>The entry's lifetimes.</summary>
    public HybridCacheEntryOptions Options => Layer.OptionsFor(Key);

    /// <summary>The same lifetimes without memory, for preloading: only Redis is read and written.</summary>
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
