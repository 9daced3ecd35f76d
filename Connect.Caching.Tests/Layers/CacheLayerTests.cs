using Connect.Caching.Layers;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests.Layers;

public sealed class CacheLayerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Lifetimes_are_shortened_by_up_to_a_tenth_and_the_same_for_a_key_each_time()
    {
        var layer = new CacheLayer("product", "product:", Hour, Minute);
        var options = Enumerable.Range(0, 1000).Select(number => layer.OptionsFor($"product:{number}")).ToList();

        Assert.All(options, o => Assert.InRange(o.Expiration!.Value, Hour * 0.9, Hour));
        Assert.All(options, o => Assert.InRange(o.LocalCacheExpiration!.Value, Minute * 0.9, Minute));
        Assert.Equal(16, options.Select(o => o.Expiration).Distinct().Count());
        Assert.Contains(options, o => o.Expiration == Hour);
        Assert.All(options, o => Assert.Equal(HybridCacheEntryFlags.None, o.Flags));
        Assert.Same(layer.OptionsFor("product:7"), layer.OptionsFor("product:7"));
    }

    [Fact]
    public void Layer_without_time_in_Redis_is_kept_in_memory_only()
    {
        var layer = new CacheLayer("product", "product:", redis: TimeSpan.Zero, memory: Minute);
        var options = layer.OptionsFor("product:7");

        Assert.Equal(options.LocalCacheExpiration, options.Expiration);
        Assert.Equal(HybridCacheEntryFlags.DisableDistributedCache, options.Flags);
        Assert.Equal(Minute, layer.MaxTtl);
        Assert.Equal(Hour, new CacheLayer("product", "product:", Hour, Minute).MaxTtl);
    }

    [Fact]
    public void Key_belongs_to_the_layer_of_its_prefix_and_to_the_other_one_without()
    {
        var (products, stocks) = (new CacheLayer("product", "product:", Hour, Minute), new CacheLayer("stock", "stock:", Hour, Minute));
        var registry = new CacheLayerRegistry([products, stocks]);

        Assert.Equal([products, stocks, CacheLayerRegistry.Other], registry.All);
        Assert.Equal(
            (products, stocks, CacheLayerRegistry.Other, CacheLayerRegistry.Other),
            (registry.LayerOf("product:7"), registry.LayerOf("stock:7"), registry.LayerOf("Product:7"), registry.LayerOf("a product:7")));
        Assert.NotEqual(products.Ordinal, stocks.Ordinal);
    }

    [Theory]
    [InlineData("product", "other:")]
    [InlineData("second", "product:")]
    [InlineData("other", "second:")]
    [InlineData("second", "")]
    public void Layers_of_one_name_or_one_prefix_are_refused(string name, string prefix) => Assert.Throws<ArgumentException>(() =>
        new CacheLayerRegistry([new("product", "product:", Hour, Minute), new(name, prefix, Hour, Minute)]));

    [Fact]
    public void Outcomes_have_names() => Assert.Equal(
        ["memory", "redis", "miss", "stale"], Enum.GetValues<CacheOutcome>().Select(outcome => outcome.ToName()));
}
