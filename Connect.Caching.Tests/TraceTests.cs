using System.Diagnostics;
using Connect.Caching.Diagnostics;
using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Connect.Caching.Tests;

/// <summary>What a read costs, and to which request it is counted.</summary>
public sealed class TraceTests(Servers servers)
{
    [Fact]
    public async Task Queries_of_a_factory_count_for_the_request_that_started_it()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());

        var (_, first) = await TestInstance.TraceAsync(() => CountAsync(instance));
        var (_, second) = await TestInstance.TraceAsync(() => CountAsync(instance));

        Assert.Equal((1, 1), (first.Queries, first.GenerationQueries));
        Assert.True(first.QueryTime > TimeSpan.Zero);
        Assert.Equal((0, 0), (second.Queries, second.GenerationQueries));
    }

    [Fact]
    public async Task Every_kind_of_command_counts_for_the_request_and_the_computation()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var (_, trace) = await TestInstance.TraceAsync(() => instance.Cache.GetOrCreateAsync(
            "visits",
            async token => await instance.WithContextAsync(async db =>
            {
                var counted = new List<int>();
                await db.Visits.CountAsync(token);
                counted.Add(CacheComputation.Current!.Queries);
                _ = db.Visits.ToList();
                counted.Add(CacheComputation.Current.Queries);
                await db.Database.ExecuteSqlAsync($"select 1", token);
                counted.Add(CacheComputation.Current.Queries);
                db.Database.ExecuteSql($"select 1");
                counted.Add(CacheComputation.Current.Queries);
                await db.GetService<IRelationalDatabaseCreator>().HasTablesAsync(token);
                counted.Add(CacheComputation.Current.Queries);
                db.GetService<IRelationalDatabaseCreator>().HasTables();
                counted.Add(CacheComputation.Current.Queries);
                Assert.Equal([1, 2, 3, 4, 5, 6], counted);
                return counted.Count;
            }),
            tags: ["visits"], cancellationToken: TestInstance.Token));

        Assert.Equal((6, 1), (trace.Queries, trace.GenerationQueries));
        var before = trace.QueryTime;
        trace.AddQuery(TimeSpan.FromSeconds(2));
        Assert.Equal((7, before + TimeSpan.FromSeconds(2)), (trace.Queries, trace.QueryTime));
    }

    [Fact]
    public async Task Trace_has_the_latest_answer_of_each_layer()
    {
        using var cache = await OfflineCache.CreateAsync(
            builder => builder.AddLayer<int>("name", TimeSpan.FromHours(1), TimeSpan.FromHours(1)), "name:1");
        var trace = CacheTrace.Begin();
        var layers = cache.Get<CacheLayerRegistry>();
        async Task<CacheOutcome?> ReadAsync(string key)
        {
            await cache.Cache.GetOrCreateAsync(key, static _ => new ValueTask<int>(1), tags: [OfflineCache.Tag], cancellationToken: TestInstance.Token);
            return trace.ReadOf(layers.LayerOf(key))?.Outcome;
        }

        Assert.Null(trace.ReadOf(layers.LayerOf(OfflineCache.Key)));
        Assert.Equal(CacheOutcome.Miss, await ReadAsync(OfflineCache.Key));
        Assert.Equal(CacheOutcome.Miss, await ReadAsync("name:1"));
        Assert.Equal(CacheOutcome.Memory, await ReadAsync(OfflineCache.Key));
        Assert.Equal(CacheOutcome.Miss, trace.ReadOf(layers.LayerOf("name:1"))?.Outcome);
    }

    [Fact]
    public async Task Spans_of_a_factory_belong_to_the_request_that_started_it()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        List<Activity> computations = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CacheTelemetry.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (computations)
                {
                    computations.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        await CountAsync(instance);

        lock (computations)
        {
            var computation = Assert.Single(computations, computation => computation.ParentSpanId == request.SpanId);
            Assert.Equal(CacheLayerRegistry.Other.Name, computation.GetTagItem(CacheTelemetry.LayerAttribute));
        }
    }

    // With a token that can be cancelled the factory runs where nothing flows.
    private static async ValueTask<int> CountAsync(TestInstance instance)
    {
        using var canBeCancelled = new CancellationTokenSource();
        return await instance.Cache.GetOrCreateAsync(
            "visits", async token => await instance.WithContextAsync(db => db.Visits.CountAsync(token)), tags: ["visits"], cancellationToken: canBeCancelled.Token);
    }
}
