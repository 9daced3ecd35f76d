using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Operations;

/// <summary>The log of evictions.</summary>
public sealed class EvictionLogTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eviction_is_written_down_with_its_reason_and_the_run_that_caused_it()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var run = Guid.CreateVersion7();

        await instance.Transaction.ExecuteAsync(
            (context, _) =>
            {
                context.EvictTags("scrape", run, ConnectTags.Programs, ConnectTags.Matches);
                return Task.CompletedTask;
            },
            CancellationToken);
        await instance.Cache.RemoveByTagAsync(CacheTags.Everything, CancellationToken);
        await instance.Cache.RemoveAsync("a key", CancellationToken);

        var log = await ReadAsync(database);
        Assert.Equal(["scrape", "requested", "requested"], log.Select(eviction => eviction.Reason));
        Assert.Equal([run, null, null], log.Select(eviction => eviction.CauseId));
        Assert.Equal(["matches", "programs"], log[0].Tags);
        Assert.Equal(["*", "key"], log.Skip(1).Select(eviction => CacheTags.TagOf(Assert.Single(eviction.Tags))));
    }

    [Fact]
    public async Task Nothing_is_written_down_of_an_eviction_that_was_rolled_back()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        await Assert.ThrowsAnyAsync<Exception>(() => instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                context.EvictTags("test", ConnectTags.Programs);
                await context.Database.ExecuteSqlRawAsync("select 1 / 0", token);
            },
            CancellationToken));

        Assert.Empty(await ReadAsync(database));
    }

    [Fact]
    public async Task Transaction_that_evicts_nothing_leaves_no_line()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        await instance.Transaction.ExecuteAsync((_, _) => Task.CompletedTask, CancellationToken);

        Assert.Empty(await ReadAsync(database));
    }

    private static async Task<List<CacheEviction>> ReadAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.CacheEvictions.OrderBy(eviction => eviction.Id).ToListAsync(CancellationToken);
    }
}
