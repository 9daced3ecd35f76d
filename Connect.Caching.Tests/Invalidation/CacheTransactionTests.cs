using Connect.Caching.Invalidation;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Instances;
using Connect.Testing.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tests.Invalidation;

/// <summary>Evictions that commit with the data, and reach every instance.</summary>
public sealed class CacheTransactionTests(Servers servers)
{
    [Fact]
    public async Task Change_is_seen_by_its_writer_at_once_and_by_another_instance_soon()
    {
        var database = servers.NewDatabase();
        var redis = ConnectRedis();
        using var connection = redis as IDisposable;
        await using var writer = await TestInstance.StartAsync(database, redis);
        await using var reader = await TestInstance.StartAsync(database, redis);
        for (var value = 1; value <= Rounds.Of(20); value++)
        {
            var current = value;
            await writer.EvictAsync("t");
            Assert.Equal(value, await writer.ReadAsync("k", () => current, "t"));
            await TestInstance.EventuallyAsync(async () => await reader.ReadAsync("k", () => current, "t") == current);
        }
    }

    [Fact]
    public async Task Transaction_that_fails_changes_and_evicts_nothing()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        await instance.ReadAsync("k", () => 1, "t");

        await Assert.ThrowsAsync<NotSupportedException>(() => instance.Transaction.ExecuteAsync(
            async (db, token) =>
            {
                db.Add(new Visit());
                db.EvictTags("test", "t");
                await db.SaveChangesAsync(token);
                throw new NotSupportedException();
            },
            TestInstance.Token));

        Assert.Equal(1, await instance.ReadAsync("k", () => 2, "t"));
        Assert.Equal(0, await CountVisitsAsync(instance));
    }

    [Fact]
    public async Task Change_and_generation_commit_together()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        var before = TimeProvider.System.GetUtcNow();

        await instance.Transaction.ExecuteAsync(AddVisit("b", "a"), TestInstance.Token);

        var generations = await Sql.ReadGenerationsAsync(database);
        Assert.Equal(1, await CountVisitsAsync(instance));
        Assert.Equal(["a", "b"], generations.Keys.Order());

        // Microseconds of the database's clock: no counter that restarts can ever meet a generation again.
        Assert.All(generations.Values, generation =>
            Assert.InRange(DateTimeOffset.UnixEpoch.AddMicroseconds(generation), before.AddMinutes(-1), before.AddMinutes(1)));
    }

    [Fact]
    public async Task Save_that_is_refused_evicts_nothing()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);

        await Assert.ThrowsAsync<DbUpdateException>(() => instance.Transaction.ExecuteAsync(
            async (db, token) =>
            {
                await AddVisit("t")(db, token);
                await db.SaveChangesAsync(token);
                var twin = db.Visits.Local.Single().Id;
                db.ChangeTracker.Clear();
                db.Add(new Visit { Id = twin });
            },
            TestInstance.Token));

        Assert.Equal(0, await CountVisitsAsync(instance));
        Assert.Empty(await Sql.ReadGenerationsAsync(database));
    }

    [Fact]
    public async Task Concurrent_evictions_of_the_same_tags_all_count()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        string[] tags = [.. Enumerable.Range(0, 10).Select(number => $"t{number}")];

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            instance.Transaction.ExecuteAsync(AddVisit(number % 2 == 0 ? tags : [.. tags.Reverse()]), TestInstance.Token)));

        Assert.Equal(40, await CountVisitsAsync(instance));
        Assert.Equal(tags.Length, (await Sql.ReadGenerationsAsync(database)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_whose_answer_is_lost_is_not_repeated(bool evicts)
    {
        var lossy = new LossyCommit(afterCommit: true);
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), interceptor: lossy);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        lossy.Losses = 1;

        await instance.Transaction.ExecuteAsync(AddVisit(evicts ? ["t"] : []), TestInstance.Token);

        Assert.Equal(1, await CountVisitsAsync(instance));
        Assert.Equal(evicts ? 2 : 1, await instance.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Commit_that_was_never_sent_is_done_again()
    {
        var lossy = new LossyCommit(afterCommit: false);
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database, interceptor: lossy);
        lossy.Losses = 1;
        var runs = 0;

        await instance.Transaction.ExecuteAsync(
            async (db, token) =>
            {
                runs++;
                await AddVisit("t")(db, token);
            },
            TestInstance.Token);

        Assert.Equal(2, runs);
        Assert.Equal(1, await CountVisitsAsync(instance));
        Assert.Single(await Sql.ReadGenerationsAsync(database));
    }

    [Fact]
    public async Task Recorded_tags_cannot_be_saved_without_their_eviction()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        await using var scope = instance.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
        db.Add(new Visit());
        db.EvictTags("test", "t");

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestInstance.Token));
        Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
    }

    [Fact]
    public async Task Pooled_context_forgets_what_was_recorded()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        for (var use = 0; use < 3; use++)
        {
            await using var scope = instance.Get<IServiceScopeFactory>().CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
            Assert.Empty(db.GetService<EvictionRecord>().Tags);
            db.Add(new Visit());
            await db.SaveChangesAsync(TestInstance.Token);
            db.EvictTags("test", "t");
        }
    }

    [Fact]
    public async Task Cached_read_inside_a_transaction_is_refused()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());

        await instance.Transaction.ExecuteAsync(
            async (_, _) => await Assert.ThrowsAsync<InvalidOperationException>(async () => await instance.ReadAsync("k", () => 1, "t")),
            TestInstance.Token);

        // Outside of it, on the same flow of control, reads work again.
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
    }

    private static Func<ShopDb, CancellationToken, Task> AddVisit(params string[] tags) => (db, _) =>
    {
        db.Add(new Visit());
        db.EvictTags("test", tags);
        return Task.CompletedTask;
    };

    private static Task<int> CountVisitsAsync(TestInstance instance) => instance.WithContextAsync(db => db.Visits.CountAsync(TestInstance.Token));

    // Without an installed Redis the instances share a tier in memory: what they agree on does not depend on it.
    private IDistributedCache ConnectRedis() => servers.Redis is { } address
        ? new RedisCache(Options.Create(new RedisCacheOptions { Configuration = address, InstanceName = $"{Guid.NewGuid():N}:" }))
        : new RecordingCache();
}
