using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Layers;

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

    /// <summary>
    /// A part of names besides generations, such as an algorithm's version or the day: its value at a moment, and the
    /// moment from which it is another one. Null for none.
    /// </summary>
    public Func<DateTimeOffset, (string Value, DateTimeOffset ValidUntil)>? Qualifier { get; init; }

    /// <summary>The layer's lifetimes for one key, which reads without options have: shortened by up to 10 %.</summary>
    public HybridCacheEntryOptions OptionsFor(string key) =>
        _options[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Variants];

    /// <summary>A caller's options with the layer's in place of those that it left out.</summary>
    /// <param name="options">The caller's; null for the layer's.</param>
    /// <param name="key">The key.</param>
    internal HybridCacheEntryOptions Complete(HybridCacheEntryOptions? options, string key)
    {
        if (options?.Expiration is not null)
        {
            return options;
        }

        var own = OptionsFor(key);
        return options is null ? own : new()
        {
            Expiration = own.Expiration,
            LocalCacheExpiration = options.LocalCacheExpiration ?? own.LocalCacheExpiration,

            // A layer without a second tier stays without one.
            Flags = (options.Flags ?? HybridCacheEntryFlags.None) | own.Flags,
        };
    }

    private static HybridCacheEntryOptions ToOptions(TimeSpan redis, TimeSpan memory, double factor) => new()
    {
        Expiration = (redis > TimeSpan.Zero ? redis : memory) * factor,
        LocalCacheExpiration = memory * factor,
        Flags = redis > TimeSpan.Zero ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableDistributedCache,
    };
}
