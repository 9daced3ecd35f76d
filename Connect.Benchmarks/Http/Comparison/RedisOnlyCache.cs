using System.Text.Json;
using Connect.Data.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Http.Comparison;

/// <summary>
/// A cache as the first platform had it: JSON text in Redis and nothing in memory, read and parsed at every request,
/// computed by every concurrent miss, and evicted by deleting keys.
/// </summary>
internal sealed class RedisOnlyCache(IDistributedCache redis) : HybridCache
{
    private const string Prefix = "redis-only:";

    private static readonly TimeSpan Ttl = TimeSpan.FromHours(24);

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        if (await redis.GetAsync(Prefix + key, cancellationToken) is { } stored)
        {
            return JsonSerializer.Deserialize<T>(stored, CachePayloads.Options)!;
        }

        var value = await factory(state, cancellationToken);
        await SetAsync(key, value, options, tags, cancellationToken);
        return value;
    }

    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default) => await redis.SetAsync(
            Prefix + key, JsonSerializer.SerializeToUtf8Bytes(value, CachePayloads.Options), new() { AbsoluteExpirationRelativeToNow = Ttl }, cancellationToken);

    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        await redis.RemoveAsync(Prefix + key, cancellationToken);

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("It had no tags.");
}
