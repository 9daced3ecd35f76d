using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Instances;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Functional.Operations;

/// <summary>The counts of all instances by minute.</summary>
public sealed class HistoryTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minutes_add_up_what_every_instance_counted_and_nothing_twice()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var first = await StartAsync(database);
        await using var second = await StartAsync(database);
        await first.ReadAsync("a", () => 1, ConnectTags.Programs);
        await first.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await first.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await first.ReadAsync("a", () => 1, ConnectTags.Programs);
        await second.ReadAsync("b", () => 1, ConnectTags.Programs);
        await second.ReadAsync("b", () => 1, ConnectTags.Programs);
        await second.ReadAsync("b", () => 1, ConnectTags.Programs);

        await first.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await second.Get<InstanceFlusher>().FlushAsync(CancellationToken);

        var sum = await SumAsync(database);
        Assert.Equal((3, 2, 2), (sum.Memory, sum.Miss, sum.Computations));
    }

    [Fact]
    public async Task Instance_that_ends_leaves_what_it_counted_last()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var instance = await StartAsync(database);
        await instance.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await instance.ReadAsync("a", () => 1, ConnectTags.Programs);

        await instance.DisposeAsync();

        Assert.Equal(1, (await SumAsync(database)).Miss);
    }

    [Fact]
    public async Task Forgotten_instance_does_not_repeat_its_earlier_counts()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await StartAsync(database);
        await instance.ReadAsync("a", () => 1, ConnectTags.Programs);
        await instance.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await using (var context = database.CreateContext())
        {
            await context.CacheInstances.ExecuteDeleteAsync(CancellationToken);
        }

        // With these options an instance that is missing in the list for a moment has been removed.
        var store = new InstanceStore(instance.Get<PrimaryDatabase>(), Options.Create(new InstanceOptions { ForgetAfter = TimeSpan.FromTicks(1) }));
        await instance.ReadAsync("b", () => 1, ConnectTags.Programs);
        await store.FlushAsync([], instance.Get<LocalInstance>(), CancellationToken);
        await instance.ReadAsync("c", () => 1, ConnectTags.Programs);
        await store.FlushAsync([], instance.Get<LocalInstance>(), CancellationToken);

        // The counts of the time when it was removed are missing.
        Assert.Equal(2, (await SumAsync(database)).Miss);
    }

    [Fact]
    public async Task Minutes_have_the_queries_of_computations_and_the_times_of_hits()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await StartAsync(database);
        var unknown = Guid.CreateVersion7();
        for (var read = 0; read < 3; read++)
        {
            await instance.Access.FindUserAsync(unknown, CancellationToken);
        }

        await instance.Get<InstanceFlusher>().FlushAsync(CancellationToken);

        await using var context = database.CreateContext();
        var minutes = await context.CacheMinutes.Where(minute => minute.Computations > 0).ToListAsync(CancellationToken);
        Assert.True(minutes.Sum(minute => minute.Queries) > 0);
        Assert.True(minutes.Sum(minute => minute.TimedHits) > 0);
        Assert.InRange(minutes.Sum(minute => minute.TimedHitSeconds), double.Epsilon, 1);
    }

    private static async Task<(long Memory, long Miss, long Computations)> SumAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        var minutes = await context.CacheMinutes.Where(minute => minute.Layer == CacheLayerRegistry.Other.Name).ToListAsync(CancellationToken);
        return (minutes.Sum(minute => minute.Memory), minutes.Sum(minute => minute.Miss), minutes.Sum(minute => minute.Computations));
    }

    // They flush when the test does.
    private Task<TestInstance> StartAsync(TestDatabase database) =>
        TestInstance.StartAsync(application, database.ConnectionString, new()
        {
            Redis = new RecordingCache(),
            Host = builder => builder.Services.AddCacheInstance("api").Configure<InstanceOptions>(options =>
                (options.FlushInterval, options.LiveWithin) = (TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60))),
        });
}
