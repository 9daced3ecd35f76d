using Connect.Data.Caching;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Http.Comparison;

/// <summary>Connect's cache without rankings in memory: every ranking comes from Redis.</summary>
internal sealed class PastMemoryCache(HybridCache connect) : HybridCache
{
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        connect.GetOrCreateAsync(key, state, factory, key.StartsWith(CacheLayers.Matches.KeyPrefix, StringComparison.Ordinal) ? PastMemory(options) : options, tags, cancellationToken);

    public override ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default) => connect.SetAsync(key, value, options, tags, cancellationToken);

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        connect.RemoveAsync(key, cancellationToken);

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        connect.RemoveByTagAsync(tag, cancellationToken);

    private static HybridCacheEntryOptions PastMemory(HybridCacheEntryOptions? options) => new()
    {
        Expiration = options?.Expiration,
        LocalCacheExpiration = options?.LocalCacheExpiration,
        Flags = (options?.Flags ?? HybridCacheEntryFlags.None) | HybridCacheEntryFlags.DisableLocalCache,
    };
}
