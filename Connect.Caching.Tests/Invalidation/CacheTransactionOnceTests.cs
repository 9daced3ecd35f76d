using Connect.Caching.Invalidation;
using Connect.Caching.Tests.Instances;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Connect.Caching.Tests.Invalidation;

/// <summary>Evictions on a context of the caller's: they commit with what it saves, in one run.</summary>
public sealed class CacheTransactionOnceTests(Servers servers)
{
    [Fact]
    public async Task Everything_that_is_saved_commits_with_its_evictions()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));

        var result = await instance.WithContextAsync(db => instance.Transaction.ExecuteOnceAsync(
            db,
            async token =>
            {
                db.Add(new Visit());
                db.EvictTags("test", "t");
                await db.SaveChangesAsync(token);
                Assert.Equal(0, await CountVisitsAsync(instance));

                // Saved by the transaction itself.
                db.Add(new Visit());
                db.EvictTags("test", "u");
                return 7;
            },
            TestInstance.Token));

        Assert.Equal(7, result);
        Assert.Equal(2, await CountVisitsAsync(instance));
        Assert.Equal(["t", "u"], (await Sql.ReadGenerationsAsync(database)).Keys.Order());

        // This instance has applied the generations already.
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Context_is_the_callers_again_afterwards()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        await instance.WithContextAsync(async db =>
        {
            await ExecuteOnceAsync(instance, db, "t");
            Assert.Empty(db.GetService<EvictionRecord>().Tags);

            // Outside of a transaction evictions are refused as before it, and what has none is saved.
            db.EvictTags("test", "t");
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestInstance.Token));
            db.GetService<EvictionRecord>().ResetState();
            db.Add(new Visit());
            await db.SaveChangesAsync(TestInstance.Token);

            // And another transaction evicts what is its own.
            await ExecuteOnceAsync(instance, db, "u");
            return true;
        });

        Assert.Equal(3, await CountVisitsAsync(instance));
        Assert.Equal(["t", "u"], (await Sql.ReadGenerationsAsync(database)).Keys.Order());
    }

    [Fact]
    public async Task Failure_changes_and_evicts_nothing_and_is_thrown_as_it_is()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        var failure = new NotSupportedException();
        await instance.WithContextAsync(async db =>
        {
            var thrown = await Assert.ThrowsAsync<NotSupportedException>(() => instance.Transaction.ExecuteOnceAsync<bool>(
                db,
                async token =>
                {
                    db.Add(new Visit());
                    db.EvictTags("test", "t");
                    await db.SaveChangesAsync(token);
                    throw failure;
                },
                TestInstance.Token));
            Assert.Same(failure, thrown);
            Assert.Empty(db.GetService<EvictionRecord>().Tags);
            Assert.Null(db.Database.CurrentTransaction);
            return true;
        });

        Assert.Equal(0, await CountVisitsAsync(instance));
        Assert.Empty(await Sql.ReadGenerationsAsync(database));
        Assert.Equal(1, await instance.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Refused_change_evicts_nothing()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        var taken = new Visit();
        await instance.WithContextAsync(async db =>
        {
            db.Add(taken);
            await db.SaveChangesAsync(TestInstance.Token);
            db.ChangeTracker.Clear();
            await Assert.ThrowsAsync<DbUpdateException>(() => instance.Transaction.ExecuteOnceAsync(
                db,
                _ =>
                {
                    db.AddRange(new Visit(), new Visit { Id = taken.Id });
                    db.EvictTags("test", "t");
                    return Task.FromResult(true);
                },
                TestInstance.Token));
            return true;
        });

        Assert.Equal(1, await CountVisitsAsync(instance));
        Assert.Empty(await Sql.ReadGenerationsAsync(database));
    }

    // Another transaction of the cache would run the work again, or ask for the outcome: this one tells its caller.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lost_connection_is_thrown_and_nothing_is_run_again(bool afterCommit)
    {
        var lossy = new LossyCommit(afterCommit);
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database, interceptor: lossy);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        var runs = 0;
        lossy.Losses = 1;

        await instance.WithContextAsync(db => Assert.ThrowsAsync<NpgsqlException>(() => instance.Transaction.ExecuteOnceAsync(
            db,
            _ =>
            {
                runs++;
                db.Add(new Visit());
                db.EvictTags("test", "t");
                return Task.FromResult(true);
            },
            TestInstance.Token)));

        Assert.Equal((1, 0), (runs, lossy.Losses));
        Assert.Equal(afterCommit ? 1 : 0, await CountVisitsAsync(instance));
        Assert.Equal(afterCommit ? 1 : 0, (await Sql.ReadGenerationsAsync(database)).Count);

        // What was committed without an answer is heard of as other instances hear of it.
        await TestInstance.EventuallyAsync(async () => await instance.ReadAsync("k", () => 2, "t") == (afterCommit ? 2 : 1));
    }

    [Fact]
    public async Task Cancelled_before_the_commit_it_changes_nothing()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        using var cancelled = new CancellationTokenSource();

        await instance.WithContextAsync(db => Assert.ThrowsAnyAsync<OperationCanceledException>(() => instance.Transaction.ExecuteOnceAsync(
            db,
            async _ =>
            {
                db.Add(new Visit());
                await cancelled.CancelAsync();
                return true;
            },
            cancelled.Token)));

        Assert.Equal(0, await CountVisitsAsync(instance));
    }

    [Fact]
    public async Task Cached_read_inside_it_is_refused()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());

        await instance.WithContextAsync(db => instance.Transaction.ExecuteOnceAsync(
            db,
            async _ => await Assert.ThrowsAsync<InvalidOperationException>(async () => await instance.ReadAsync("k", () => 1, "t")),
            TestInstance.Token));

        // Outside of it, on the same flow of control, reads work again.
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
    }

    private static Task<bool> ExecuteOnceAsync(TestInstance instance, ShopDb db, string tag) => instance.Transaction.ExecuteOnceAsync(
        db,
        _ =>
        {
            db.Add(new Visit());
            db.EvictTags("test", tag);
            return Task.FromResult(true);
        },
        TestInstance.Token);

    private static Task<int> CountVisitsAsync(TestInstance instance) => instance.WithContextAsync(db => db.Visits.CountAsync(TestInstance.Token));
}
