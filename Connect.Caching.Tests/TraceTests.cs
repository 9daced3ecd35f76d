using System.Diagnostics;
using Connect.Caching.Diagnostics;
using Connect.Caching.Tests.Instances;
using Microsoft.EntityFrameworkCore;

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
            Assert.Contains(computations, computation => computation.ParentSpanId == request.SpanId);
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
