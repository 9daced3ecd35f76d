using System.Diagnostics;
using Connect.Testing.Instances;

namespace Connect.Tests.Distributed;

/// <summary>
/// The defect that Connect's cache exists for, on the stock one, and its absence on ours: two real processes, one
/// Redis, one Postgres, the same calls of the same abstraction.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class TwoProcessesTests(RunningApplication application)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Stock_cache_serves_evicted_values_from_memory_and_redis()
    {
        await using var instances = await TwoCacheProcesses.StartAsync(application, CacheInstance.Stock);
        await instances.ChangeAsync();

        var served = (Memory: await instances.Reader.AskAsync("get"), Redis: await instances.Reader.AskAsync("get-redis"));

        Assert.True(
            served == ("1", "1"),
            $"The stock HybridCache no longer serves an evicted value to another process (memory: {served.Memory}, Redis: {served.Redis}, "
            + "evicted: 1, present: 2). It may need no decorator any more: read docs/caching.md, and decide again.");
    }

    [Fact]
    public async Task Connects_cache_never_serves_an_evicted_value()
    {
        await using var instances = await TwoCacheProcesses.StartAsync(application, CacheInstance.Generational);
        await instances.ChangeAsync();
        var acknowledged = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(acknowledged) < Freshness)
        {
            await instances.Reader.AskAsync("get");
        }

        Assert.Equal("2", await instances.Reader.AskAsync("get"));
        Assert.Equal("2", await instances.Reader.AskAsync("get-redis"));
        Assert.Equal("2", await instances.Writer.AskAsync("get"));
    }
}
