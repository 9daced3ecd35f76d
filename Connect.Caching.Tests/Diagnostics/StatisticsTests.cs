using System.Diagnostics.Metrics;
using Connect.Caching.Diagnostics;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Instances;
using Connect.Tests;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Caching.Tests.Diagnostics;

/// <summary>What an instance counts of what really happens.</summary>
public sealed class StatisticsTests(Servers servers)
{
    [Fact]
    public async Task Requests_of_two_instances_are_counted_by_where_their_answers_came_from()
    {
        var database = servers.NewDatabase();
        var redis = new RecordingCache();
        await using var first = await TestInstance.StartAsync(database, redis);
        await using var second = await TestInstance.StartAsync(database, redis);
        using var requests = new MetricCollector<long>(second.Get<IMeterFactory>(), CacheTelemetry.MeterName, CacheTelemetry.Instruments.Requests);

        await first.ReadAsync("k", () => 1, "t");
        await TestInstance.EventuallyAsync(() => redis.Entries.Count == 1);
        await first.ReadAsync("k", () => 1, "t");
        await second.ReadAsync("k", () => 1, "t");
        for (var read = 0; read < 5; read++)
        {
            await second.ReadAsync("k", () => 1, "t");
        }

        Assert.Equal((1, 0, 1, 1), Other(first));
        Assert.Equal((5, 1, 0, 0), Other(second));
        Assert.Equal(
            [("memory", 5L), ("redis", 1)],
            requests.ReadCounted().Where(m => (string?)m.Tags["layer"] == "other").Select(m => ((string)m.Tags["outcome"]!, m.Value)));
        var read2 = Read(second).Redis!;
        Assert.Equal(["read hit 1"], read2.Operations.Select(o => $"{o.Operation} {o.Result} {o.Count}"));
        Assert.True(read2.BytesRead > 0);
        Assert.Equal(read2.BytesRead, Read(first).Redis!.BytesWritten);
    }

    [Fact]
    public async Task Evictions_count_where_they_are_committed_and_their_lag_where_they_are_heard()
    {
        var database = servers.NewDatabase();
        await using var writer = await TestInstance.StartAsync(database);
        await using var reader = await TestInstance.StartAsync(database);

        await writer.EvictAsync("t", "org:1");

        await TestInstance.EventuallyAsync(() => Read(reader).Listener!.Heard == 2);
        Assert.Equal(
            [new("org", "test", 1), new EvictionCount("t", "test", 1)], Read(writer).Evictions);
        Assert.Empty(Read(reader).Evictions);
        Assert.Equal(2, Read(reader).Listener!.LagCounts.Sum());
        Assert.True(Read(reader).Listener!.Polls > 0);
    }

    [Fact]
    public async Task Failed_computation_is_an_error_and_no_answer()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database, new RecordingCache());

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await instance.ReadAsync("k", () => throw new InvalidOperationException(), "t"));

        var other = Read(instance).Layers.Single(layer => layer.Name == "other");
        Assert.Equal((0, 1, 1), (other.Miss, other.Computations, other.ComputationErrors));
    }

    private static (long Memory, long Redis, long Miss, long Computations) Other(TestInstance instance)
    {
        var other = Read(instance).Layers.Single(layer => layer.Name == "other");
        return (other.Memory, other.Redis, other.Miss, other.Computations);
    }

    private static CacheSnapshot Read(TestInstance instance) =>
        instance.Get<CacheStatistics>().Read(verified: true, confirmedAge: null, breakerOpen: false, new MemorySnapshot(0, 0));
}
