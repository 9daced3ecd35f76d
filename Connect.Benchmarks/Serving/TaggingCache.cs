using Connect.Caching.Flow;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Serving;

/// <summary>
/// Another vendor's cache under Connect's readers, used as documented: entries have tags. Factories get a computation
/// with zero generations, because such a cache has none.
/// </summary>
internal sealed class TaggingCache(HybridCache other) : HybridCache
{
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        var rows = tags as string[] ?? [.. tags ?? []];
        return other.GetOrCreateAsync(
            key,
            (state, factory, rows),
            static (call, token) =>
            {
                var computation = new CacheComputation(call.rows, new long[call.rows.Length], asOf: null);
                CacheAmbient.Current = new CacheAmbient(Trace: null, computation, IsInTransaction: false);
                return call.factory(call.state, token);
            },
            options, rows, cancellationToken);
    }

    public override ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default) => other.SetAsync(key, value, options, tags, cancellationToken);

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        other.RemoveAsync(key, cancellationToken);

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        other.RemoveByTagAsync(tag, cancellationToken);
}
