using System.Diagnostics;
using Connect.Benchmarks.Nodes;

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
        await using var nodes = await TwoCacheProcesses.StartAsync(application, CacheInstance.Stock);
        await nodes.ChangeAsync();

        var served = (Memory: await nodes.Reader.AskAsync("get"), Redis: await nodes.Reader.AskAsync("get-redis"));

        Assert.True(
            served == ("1", "1"),
            $"The stock HybridCache no longer serves an evicted value to another process (memory: {served.Memory}, Redis: {served.Redis}, "
            + "evicted: 1, present: 2). It may need no decorator any more: read docs/caching.md, and decide again.");
    }

    [Fact]
    public async Task Connects_cache_never_serves_an_evicted_value()
    {
        await using var nodes = await TwoCacheProcesses.StartAsync(application, CacheInstance.Generational);
        await nodes.ChangeAsync();
        var acknowledged = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(acknowledged) < Freshness)
        {
            await nodes.Reader.AskAsync("get");
        }

        Assert.Equal("2", await nodes.Reader.AskAsync("get"));
        Assert.Equal("2", await nodes.Reader.AskAsync("get-redis"));
        Assert.Equal("2", await nodes.Writer.AskAsync("get"));
    }
}
