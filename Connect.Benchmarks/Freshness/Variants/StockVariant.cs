using System.Data.Common;
using Connect.Core.Caching;
using Connect.Core.Data;
using Connect.Core.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// Microsoft's <c>HybridCache</c> on the same Redis, used as its documentation says: entries have tags, and what was
/// changed is removed by tag right after COMMIT.
/// </summary>
internal sealed class StockVariant : FreshnessVariant
{
    private const string StockCache = "freshness-stock";

    public override string Name => "stock";

    public override void Apply(IServiceCollection services)
    {
        services.AddKeyedHybridCache(StockCache);
        services.AddSingleton<HybridCache>(provider => new TaggingCache(provider.GetRequiredKeyedService<HybridCache>(StockCache)));
        services.ConfigureDbContext<ConnectDbContext>((provider, options) => options.AddInterceptors(new RemoveAfterCommit(provider)));
    }

    /// <summary>The stock cache, with what Connect's factories ask for: the numbers under whose name a value is stored.</summary>
    private sealed class TaggingCache(HybridCache stock) : HybridCache
    {
        public override ValueTask<T> GetOrCreateAsync<TState, T>(
            string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
            IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
        {
            string[] counters = [.. tags ?? []];
            return stock.GetOrCreateAsync(
                key,
                (state, factory, counters),
                static (call, token) =>
                {
                    var computation = new CacheComputation(call.counters, new long[call.counters.Length], asOf: null);
                    CacheAmbient.Current = new CacheAmbient(Trace: null, computation, IsInTransaction: false);
                    return call.factory(call.state, token);
                },
                options, counters, cancellationToken);
        }

        public override ValueTask SetAsync<T>(
            string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
            CancellationToken cancellationToken = default) => stock.SetAsync(key, value, options, tags, cancellationToken);

        public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
            stock.RemoveAsync(key, cancellationToken);

        public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
            stock.RemoveByTagAsync(tag, cancellationToken);
    }

    private sealed class RemoveAfterCommit(IServiceProvider provider) : DbTransactionInterceptor
    {
        public override async Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (eventData.Context is ConnectDbContext { EvictedTags: { Count: > 0 } tags })
            {
                await provider.GetRequiredService<HybridCache>().RemoveByTagAsync([.. tags], cancellationToken);
            }
        }
    }
}
