using System.Diagnostics.Metrics;
using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;

namespace Connect.Caching.Tests.Diagnostics;

/// <summary>The cache's metrics for two layers and three kinds of evictions.</summary>
internal static class TestMetrics
{
    public static readonly CacheLayer Products = new("products", "product:", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)) { ValueType = typeof(string) };
    public static readonly CacheLayer Stocks = new("stocks", "stock:", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));

    public static CacheLayerRegistry Layers { get; } = new([Products, Stocks]);

    public static CacheMetrics Of(IMeterFactory meters) =>
        new(meters, Layers, new([("product", "price-changed"), ("category", "renamed"), ("product", "expired")]));
}
