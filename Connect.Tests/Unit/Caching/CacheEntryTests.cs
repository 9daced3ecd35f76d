using Connect.Caching.Layers;
using Connect.Data.Caching;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Tests.Unit.Caching;

public sealed class CacheEntryTests
{
    [Fact]
    public void Entry_past_memory_has_its_layers_lifetimes()
    {
        var layer = new CacheLayer("product", "product:", TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var (options, past) = (layer.OptionsFor("product:7"), new CacheEntry(layer, "product:7", []).OptionsPastMemory);

        Assert.Equal((options.Expiration, options.LocalCacheExpiration), (past.Expiration, past.LocalCacheExpiration));
        Assert.Equal(HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableDistributedCache, past.Flags);
    }
}
