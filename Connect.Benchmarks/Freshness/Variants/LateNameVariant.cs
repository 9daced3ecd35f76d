using Connect.Caching.Flow;
using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// Rule 27 removed: a value is stored under the generations of the end of its computation. A value read before an
/// eviction and stored after it has a new name.
/// </summary>
internal static class LateNameVariant
{
    // The time of a computation that is worth caching.
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(20);

    public static void Replace(IServiceCollection services)
    {
        var product = services.Last(service => service.ServiceType == typeof(HybridCache) && !service.IsKeyedService);
        services.AddSingleton<HybridCache>(provider => new LateNames(
            (HybridCache)product.ImplementationFactory!(provider),
            provider.GetRequiredService<CacheTiers>().Cache,
            provider.GetRequiredService<KeyNamer>()));
    }

    private sealed class LateNames(HybridCache product, HybridCache store, KeyNamer namer) : HybridCache
    {
        private static readonly HybridCacheEntryOptions ReadOnly = new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData };

        public override async ValueTask<T> GetOrCreateAsync<TState, T>(
            string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
            IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
        {
            string[] tagList = [.. tags ?? []];
            var ambient = CacheAmbient.Current;
            var name = await namer.NameAsync(key, variant: null, tagList, ambient, cancellationToken);
            if (await store.GetOrCreateAsync(
                name.Physical, static _ => ValueTask.FromResult<T?>(default), ReadOnly, tags: null, cancellationToken) is { } known)
            {
                return known;
            }

            CacheAmbient.Current = new CacheAmbient(
                ambient?.Trace, new CacheComputation(name.Rows, name.Generations, asOf: null), IsInTransaction: false);
            var value = await factory(state, cancellationToken);
            await Task.Delay(Work, cancellationToken);
            var late = await namer.NameAsync(key, variant: null, tagList, ambient, cancellationToken);
            await store.SetAsync(late.Physical, value, options, tags: null, cancellationToken);
            return value;
        }

        public override ValueTask SetAsync<T>(
            string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
            CancellationToken cancellationToken = default) => product.SetAsync(key, value, options, tags, cancellationToken);

        public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
            product.RemoveAsync(key, cancellationToken);

        public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
            product.RemoveByTagAsync(tag, cancellationToken);
    }
}
