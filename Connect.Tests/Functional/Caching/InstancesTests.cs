using Connect.Caching.Diagnostics;
using Connect.Data.Caching;
using Connect.Data.Instances;
using Connect.Data.Organizations;
using Connect.Testing.Faults;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Connect.Tests.Functional.Caching;

/// <summary>What processes tell the database of themselves and of their callers.</summary>
public sealed class InstancesTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Totals_are_those_of_all_live_instances_and_the_own_ones_are_of_now()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var first = await StartAsync(database, redis, "api");
        await using var second = await StartAsync(database, redis, "worker");
        await first.ReadAsync("k", () => 1, ConnectTags.Programs);
        await first.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await second.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await second.ReadAsync("other", () => 1, ConnectTags.Programs);

        var live = await second.Get<CacheInstances>().ReadAsync(CancellationToken);

        Assert.True(live.IsComplete);
        Assert.Equal([("api", false, 1L), ("worker", true, 1)], live.Instances.Select(instance => (instance.Role, instance.IsSelf, Misses(instance))));
        Assert.All(live.Instances, instance => Assert.True(instance.Totals.Listener!.Polls > 0));
        Assert.All(live.Instances, instance => Assert.True(instance.SeenAt >= instance.StartedAt));
    }

    [Fact]
    public async Task Instance_that_died_is_not_live_and_is_forgotten_later()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await StartAsync(database, new RecordingCache());
        await AddInstanceAsync(database, "silent for a moment", secondsAgo: 9);
        await AddInstanceAsync(database, "silent", secondsAgo: 11);
        await AddInstanceAsync(database, "dead", secondsAgo: 3601);

        await instance.Get<InstanceFlusher>().FlushAsync(CancellationToken);

        var live = await instance.Get<CacheInstances>().ReadAsync(CancellationToken);
        Assert.Equal(2, live.Instances.Length);
        Assert.Contains("silent for a moment", live.Instances.Select(n => n.Name));
        Assert.Equal(["silent", "silent for a moment"], (await NamesAsync(database)).Where(name => name.StartsWith("silent", StringComparison.Ordinal)));
        Assert.DoesNotContain("dead", await NamesAsync(database));
    }

    [Fact]
    public async Task Addresses_are_those_of_live_instances_that_know_theirs()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        string? address = null;
        await using var first = await StartAsync(database, new RecordingCache(), "api", _ => address);
        await using var second = await StartAsync(database, new RecordingCache(), "worker", _ => "localhost:2");
        await AddInstanceAsync(database, "silent", secondsAgo: 11, address: "localhost:3");
        await first.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await second.Get<InstanceFlusher>().FlushAsync(CancellationToken);

        var before = await second.Get<CacheInstances>().ReadAddressesAsync(CancellationToken);
        address = "localhost:1";
        await first.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        var after = await second.Get<CacheInstances>().ReadAddressesAsync(CancellationToken);

        Assert.Equal([new("worker", "localhost:2")], before);
        Assert.Equal([new("api", "localhost:1"), new("worker", "localhost:2")], after);
    }

    [Fact]
    public async Task Totals_that_another_release_wrote_are_no_error()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await StartAsync(database, new RecordingCache());
        await AddInstanceAsync(database, "older", secondsAgo: 0, """{"layers":[{"name":"matches","memory":5}],"unknown":{}}""");
        await AddInstanceAsync(database, "strange", secondsAgo: 0, """{"layers":"none"}""");

        var live = await instance.Get<CacheInstances>().ReadAsync(CancellationToken);
        var sum = CacheSnapshot.SumOf([.. live.Instances.Select(n => n.Totals)]);

        Assert.Equal(2, live.Instances.Length);
        Assert.Equal(5, sum.Layers.Single(layer => layer.Name == "matches").Memory);
    }

    [Fact]
    public async Task Instance_that_stops_is_gone_at_once_and_its_last_activity_is_stored()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var organization = await AddOrganizationAsync(database);
        var instance = await StartAsync(database, new RecordingCache());
        await instance.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        Assert.Single(await NamesAsync(database));
        instance.Get<ActivityLog>().Note(organization);

        await instance.DisposeAsync();

        Assert.Empty(await NamesAsync(database));
        Assert.NotNull(await LastActiveAsync(database, organization));
    }

    [Fact]
    public async Task Activity_only_moves_forward_and_survives_organizations_that_are_gone()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var (active, later) = (await AddOrganizationAsync(database), TimeProvider.System.GetUtcNow().AddHours(1));
        var ahead = await AddOrganizationAsync(database);
        await using var instance = await StartAsync(database, new RecordingCache());
        await using (var context = database.CreateContext())
        {
            context.OrganizationActivity.Add(new() { OrganizationId = ahead, LastActiveAt = later });
            await context.SaveChangesAsync(CancellationToken);
        }

        var log = instance.Get<ActivityLog>();
        log.Note(active);
        log.Note(ahead);
        log.Note(Guid.CreateVersion7());
        await instance.Get<InstanceFlusher>().FlushAsync(CancellationToken);

        Assert.InRange(
            (await LastActiveAsync(database, active))!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal(later, (await LastActiveAsync(database, ahead))!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Empty(log.Read());
    }

    [Fact]
    public async Task Activity_is_kept_while_Postgres_is_away()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var gate = TcpGate.To(server.Port);
        (server.Host, server.Port) = ("127.0.0.1", gate.Port);
        var organization = await AddOrganizationAsync(database);
        await using var instance = await TestInstance.StartAsync(application, server.ConnectionString, new()
        {
            Redis = new RecordingCache(),
            Host = builder => builder.Services.AddCacheInstance("api").Configure<InstanceOptions>(options => options.FlushInterval = TimeSpan.FromMilliseconds(100)),
        });
        gate.Close();
        instance.Get<ActivityLog>().Note(organization);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => instance.Get<InstanceFlusher>().FlushAsync(CancellationToken));

        var alone = await instance.Get<CacheInstances>().ReadAsync(CancellationToken);
        Assert.Single(instance.Get<ActivityLog>().Read());
        gate.Open();
        await TestInstance.EventuallyAsync(async () => await LastActiveAsync(database, organization) is not null);

        Assert.False(alone.IsComplete);
        Assert.True(Assert.Single(alone.Instances).IsSelf);
        await TestInstance.EventuallyAsync(() => instance.Get<ActivityLog>().Read().Length == 0);
    }

    private static long Misses(LiveInstance instance) => instance.Totals.Layers.Single(layer => layer.Name == "other").Miss;

    // Flushed by the tests only.
    private Task<TestInstance> StartAsync(
        TestDatabase database, RecordingCache redis, string role = "api", Func<IServiceProvider, string?>? address = null) =>
        TestInstance.StartAsync(application, database.ConnectionString, new()
        {
            Redis = redis,
            Host = builder => builder.Services.AddCacheInstance(role, address).Configure<InstanceOptions>(options =>
                (options.FlushInterval, options.LiveWithin) = (TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(10))),
        });

    private static async Task<Guid> AddOrganizationAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        var id = Guid.CreateVersion7();
        context.Organizations.Add(new() { Id = id, Name = "시험 회사", BusinessNumberEncrypted = "", BusinessNumberHash = id.ToString() });
        await context.SaveChangesAsync(CancellationToken);
        return id;
    }

    private static async Task AddInstanceAsync(TestDatabase database, string name, int secondsAgo, string statistics = "{}", string? address = null)
    {
        await using var context = database.CreateContext();
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into cache_instances (id, name, role, started_at, seen_at, statistics, address)
            values (
                {Guid.CreateVersion7()}, {name}, 'api', now(), clock_timestamp() - {TimeSpan.FromSeconds(secondsAgo)}, {statistics}::jsonb,
                {address})
            """,
            CancellationToken);
    }

    private static async Task<List<string>> NamesAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.CacheInstances.OrderBy(instance => instance.Name).Select(instance => instance.Name).ToListAsync(CancellationToken);
    }

    private static async Task<DateTimeOffset?> LastActiveAsync(TestDatabase database, Guid organization)
    {
        await using var context = database.CreateContext();
        return await context.OrganizationActivity.Where(activity => activity.OrganizationId == organization)
            .Select(activity => (DateTimeOffset?)activity.LastActiveAt).SingleOrDefaultAsync(CancellationToken);
    }
}
