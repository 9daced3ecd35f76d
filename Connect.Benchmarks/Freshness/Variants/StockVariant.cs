using System.Data.Common;
using Connect.Caching.Invalidation;
using Connect.Data.Caching;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// Microsoft's <c>HybridCache</c> on the same Redis, used as documented: entries have tags, and changed
/// data is removed by tag right after COMMIT.
/// </summary>
internal static class StockVariant
{
    private const string StockCache = "freshness-stock";

    public static void Replace(IServiceCollection services)
    {
        services.AddSingleton<IHybridCacheSerializerFactory, CachePayloadSerializers>();
        services.AddKeyedHybridCache(StockCache);
        services.AddSingleton<HybridCache>(provider => new TaggingCache(provider.GetRequiredKeyedService<HybridCache>(StockCache)));
        services.ConfigureDbContext<ConnectDbContext>((provider, options) => options.AddInterceptors(new RemoveAfterCommit(provider)));
    }

    private sealed class RemoveAfterCommit(IServiceProvider provider) : DbTransactionInterceptor
    {
        public override async Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (eventData.Context?.GetService<EvictionRecord>().Tags is { Count: > 0 } tags)
            {
                await provider.GetRequiredService<HybridCache>().RemoveByTagAsync([.. tags], cancellationToken);
            }
        }
    }
}
