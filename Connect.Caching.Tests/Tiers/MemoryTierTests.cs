using System.Diagnostics.Metrics;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Diagnostics;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Tiers;

public sealed class MemoryTierTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryTier _memory;

    public MemoryTierTests() => _memory = new(
        Options.Create(new CacheOptions()), TestMetrics.Of(_services.GetRequiredService<IMeterFactory>()), _time);

    public void Dispose()
    {
        _memory.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Entries_expire_by_the_clock_that_names_them()
    {
        _memory.Set("key", "value", TimeSpan.FromHours(1));

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(_memory.TryGetValue("key", out _));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_memory.TryGetValue("key", out _));
    }
}
