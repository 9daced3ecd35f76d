using Connect.Caching.Tests.Instances;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
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
        await using var redis = ConnectRedis();
        await using var writer = await TestInstance.StartAsync(database, redis.Cache);
        await using var reader = await TestInstance.StartAsync(database, redis.Cache);
        for (var value = 1; value <= 20; value++)
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
        Assert.Equal(0, await CountAsync(instance, db => db.Visits));
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
            db.Add(new Visit());
            await db.SaveChangesAsync(TestInstance.Token);
            db.EvictTags("test", "t");
        }
    }

    [Fact]
    public async Task Cached_read_inside_a_transaction_is_refused()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());

        await Assert.ThrowsAsync<InvalidOperationException>(() => instance.Transaction.ExecuteAsync(
            async (_, _) => await instance.ReadAsync("k", () => 1, "t"), TestInstance.Token));
    }

    private static async Task<int> CountAsync<T>(TestInstance instance, Func<ShopDb, IQueryable<T>> rows)
    {
        await using var scope = instance.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await rows(scope.ServiceProvider.GetRequiredService<ShopDb>()).CountAsync(TestInstance.Token);
    }

    // Without an installed Redis the instances share a tier in memory: what they agree on does not depend on it.
    private SecondTier ConnectRedis() => servers.Redis is { } address
        ? new(new RedisCache(Options.Create(new RedisCacheOptions { Configuration = address, InstanceName = $"{Guid.NewGuid():N}:" })))
        : new(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));

    private sealed class SecondTier(IDistributedCache cache) : IAsyncDisposable
    {
        public IDistributedCache Cache => cache;

        public ValueTask DisposeAsync()
        {
            (cache as IDisposable)?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
