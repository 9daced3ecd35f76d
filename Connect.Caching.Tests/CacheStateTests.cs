using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.Caching.Tests;

/// <summary>What an instance reports of itself.</summary>
public sealed class CacheStateTests
{
    [Fact]
    public async Task Health_is_degraded_while_the_database_does_not_confirm()
    {
        using var cache = await OfflineCache.CreateAsync();
        Assert.Equal((HealthStatus.Healthy, null), await CheckAsync(cache));

        cache.State.End(cache.State.Current!, "test");

        Assert.Equal((HealthStatus.Degraded, "Postgres does not confirm this instance's generations."), await CheckAsync(cache));
    }

    [Fact]
    public async Task Health_is_degraded_while_redis_does_not_answer()
    {
        using var cache = await OfflineCache.CreateAsync();
        cache.Redis.OnRead = static () => throw new IOException();
        var readOnly = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableDistributedCacheWrite };
        for (var read = 0; !cache.Get<CacheState>().IsRedisAway; read++)
        {
            Assert.True(read < 100, "The breaker does not open.");
            cache.Evict(generation: read + 1);
            await cache.ReadAsync(() => 1, readOnly);
        }

        Assert.Equal((HealthStatus.Degraded, "Redis does not answer."), await CheckAsync(cache));
    }

    [Fact]
    public async Task Instance_is_unhealthy_before_its_first_confirmation()
    {
        using var host = TestInstance.Build("Host=127.0.0.1;Port=1;Database=none");

        var state = (CacheState)host.Services.GetService(typeof(CacheState))!;

        Assert.Equal((HealthStatus.Unhealthy, "Not synchronized with Postgres yet."), await CheckAsync(state));
        Assert.Null(state.ReadTotals().Listener!.ConfirmedAgeSeconds);
    }

    [Fact]
    public async Task Totals_tell_the_age_of_the_last_confirmation()
    {
        using var cache = await OfflineCache.CreateAsync();
        await cache.ReadAsync(() => 1);
        cache.Time.Advance(TimeSpan.FromSeconds(3));

        var totals = cache.Get<CacheState>().ReadTotals();

        Assert.Equal((true, 3), (totals.Listener!.Verified, totals.Listener.ConfirmedAgeSeconds));
        Assert.Equal(1, totals.Layers.Sum(layer => layer.Miss));
    }

    private static Task<(HealthStatus Status, string? Reason)> CheckAsync(OfflineCache cache) => CheckAsync(cache.Get<CacheState>());

    private static async Task<(HealthStatus Status, string? Reason)> CheckAsync(CacheState state)
    {
        var result = await ((IHealthCheck)state).CheckHealthAsync(new HealthCheckContext(), TestInstance.Token);
        return (result.Status, result.Description);
    }
}
