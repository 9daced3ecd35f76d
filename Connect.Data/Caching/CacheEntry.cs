using Connect.Caching.Layers;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Caching;

/// <summary>Layer, key and tags of a cached read. A key must have the same tags wherever it is read.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Key">The logical key.</param>
/// <param name="Tags">Its tags.</param>
public readonly record struct CacheEntry(CacheLayer Layer, string Key, string[] Tags)
{
    /// <summary>The layer's lifetimes for this key.</summary>
    public HybridCacheEntryOptions Options { get; } = Layer.OptionsFor(Key);

    /// <summary>The layer's lifetimes without memory, for preloading: only Redis is read and written.</summary>
    public HybridCacheEntryOptions OptionsPastMemory => new()
    {
        Expiration = Options.Expiration,
        LocalCacheExpiration = Options.LocalCacheExpiration,
        Flags = (Options.Flags ?? HybridCacheEntryFlags.None) | HybridCacheEntryFlags.DisableLocalCache,
    };
}

/// <summary>Reads of entries.</summary>
public static class CacheEntryReads
{
    /// <summary>Reads one entry.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="state">Passed to <paramref name="factory"/>, so that it can be static.</param>
    /// <param name="factory">Computes the value; opens its own context, and never runs inside a transaction.</param>
    /// <param name="cancellationToken">Ends the wait; the computation continues while others wait for it.</param>
    /// <exception cref="Connect.Caching.Generations.DatabaseUnavailableException">
    /// The database cannot be reached and there is no last good value.
    /// </exception>
    public static ValueTask<T> GetOrCreateAsync<TState, T>(
        this HybridCache cache, in CacheEntry entry, TState state, Func<TState, CancellationToken, ValueTask<T>> factory,
        CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(entry.Key, state, factory, entry.Options, entry.Tags, cancellationToken);
}
