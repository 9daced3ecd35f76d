using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Caching.Naming;
using Connect.Data.Caching;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Replay.Rules;

/// <summary>
/// A cache that keeps nothing: every read runs its factory, as the product's cache would run it on a miss. No
/// generations are queried, because nothing is stored under a name.
/// </summary>
internal sealed class UncachedHybridCache : HybridCache
{
    private static readonly CacheLayerRegistry Layers = new(CacheLayers.All);

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        var ambient = CacheAmbient.Current;
        var rows = KeyComposer.RowsOf(key, tags as string[] ?? tags?.ToArray() ?? []);
        var computation = new CacheComputation(rows, new long[rows.Length], ambient?.AsOf, ambient?.Computation);

        // Ends with this method: what an asynchronous method sets does not flow out of it.
        CacheAmbient.Current = new CacheAmbient(ambient?.Trace, computation, IsInTransaction: false);
        var value = await factory(state, cancellationToken);
        ambient?.Trace?.Record(Layers.LayerOf(key), new CacheRead(CacheOutcome.Miss, key));
        return value;
    }

    public override ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
