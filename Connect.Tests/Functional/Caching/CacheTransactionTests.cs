using System.Data.Common;
using Connect.Caching;
using Connect.Caching.Invalidation;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Connect.Tests.Functional.Caching;

public sealed class CacheTransactionTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Saving_recorded_tags_outside_the_helper_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var scope = instance.Get<IServiceScopeFactory>().CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        context.ScrapeRuns.Add(NewRun());
        context.EvictTags("test", ConnectTags.Programs);

        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync(CancellationToken));
    }

    [Fact]
    public async Task Pooled_context_forgets_what_its_last_user_recorded()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var use = 0; use < 3; use++)
        {
            await using var scope = instance.Get<IServiceScopeFactory>().CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
            Assert.Empty(context.GetService<EvictionRecord>().Tags);
            context.EvictTags("test", ConnectTags.Programs);
        }
    }

    [Fact]
    public async Task Change_and_generation_commit_together()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var before = TimeProvider.System.GetUtcNow();

        await instance.Transaction.ExecuteAsync(AddRun(ConnectTags.Programs, ConnectTags.Matches), CancellationToken);

        var generations = await GenerationsAsync(database);
        Assert.Equal(1, await CountRunsAsync(database));
        Assert.Equal([ConnectTags.Matches, ConnectTags.Programs], generations.Keys.Order());

        // Microseconds of the database's clock: no counter that restarts can ever meet a generation again.
        Assert.All(generations.Values, generation =>
            Assert.InRange(DateTimeOffset.UnixEpoch.AddMicroseconds(generation), before.AddMinutes(-1), before.AddMinutes(1)));
    }

    [Fact]
    public async Task Nothing_is_evicted_when_the_save_fails()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var run = NewRun();

        await Assert.ThrowsAsync<DbUpdateException>(() => instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                context.ScrapeRuns.Add(run);
                await context.SaveChangesAsync(token);
                context.ChangeTracker.Clear();
                context.ScrapeRuns.Add(NewRun(run.Id));
                context.EvictTags("test", ConnectTags.Programs);
            },
            CancellationToken));

        Assert.Equal(0, await CountRunsAsync(database));
        Assert.Empty(await GenerationsAsync(database));
    }

    [Fact]
    public async Task Nothing_is_saved_when_the_work_fails_after_saving()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        await Assert.ThrowsAsync<NotSupportedException>(() => instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                context.ScrapeRuns.Add(NewRun());
                context.EvictTags("test", ConnectTags.Programs);
                await context.SaveChangesAsync(token);
                throw new NotSupportedException();
            },
            CancellationToken));

        Assert.Equal(0, await CountRunsAsync(database));
        Assert.Empty(await GenerationsAsync(database));
    }

    [Fact]
    public async Task Concurrent_evictions_of_the_same_tags_all_count()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        string[] tags = [.. Enumerable.Range(0, 10).Select(number => $"org:{number}")];

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            instance.Transaction.ExecuteAsync(AddRun(number % 2 == 0 ? tags : [.. tags.Reverse()]), CancellationToken)));

        Assert.Equal(40, await CountRunsAsync(database));
        Assert.Equal(tags.Length, (await GenerationsAsync(database)).Count);
    }

    [Fact]
    public async Task Commit_whose_answer_is_lost_is_not_repeated_and_evicts()
    {
        var lossy = new LossyCommit(afterCommit: true);
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Writes = options => options.AddInterceptors(lossy) });
        var expected = 1;
        Assert.Equal(1, await instance.ReadAsync("k", () => expected, ConnectTags.Programs));

        expected = 2;
        lossy.Losses = 1;
        await instance.Transaction.ExecuteAsync(AddRun(ConnectTags.Programs), CancellationToken);

        Assert.Equal(1, await CountRunsAsync(database));
        Assert.Equal(2, await instance.ReadAsync("k", () => expected, ConnectTags.Programs));
    }

    [Fact]
    public async Task Commit_that_was_never_sent_is_done_again()
    {
        var lossy = new LossyCommit(afterCommit: false);
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Writes = options => options.AddInterceptors(lossy) });
        lossy.Losses = 1;
        var runs = 0;

        await instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                runs++;
                await AddRun(ConnectTags.Programs)(context, token);
            },
            CancellationToken);

        Assert.Equal(2, runs);
        Assert.Equal(1, await CountRunsAsync(database));
        Assert.Single(await GenerationsAsync(database));
    }

    [Fact]
    public async Task Cached_read_inside_the_transaction_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        await instance.Transaction.ExecuteAsync(
            async (_, _) => await Assert.ThrowsAsync<InvalidOperationException>(
                async () => await instance.ReadAsync("k", () => 1, ConnectTags.Programs)),
            CancellationToken);

        // Outside of it, on the same flow of control, reads work again.
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));
    }

    private static Func<ConnectDbContext, CancellationToken, Task> AddRun(params string[] tags) => (context, _) =>
    {
        context.ScrapeRuns.Add(NewRun());
        context.EvictTags("test", tags);
        return Task.CompletedTask;
    };

    private static ScrapeRun NewRun(Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        Agency = Agency.NTIS,
        Status = ScrapeStatus.Succeeded,
        Trigger = ScrapeTrigger.Schedule,
        RequestedAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task<long> CountRunsAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from scrape_runs");
        return (long)(await command.ExecuteScalarAsync(CancellationToken))!;
    }

    private static async Task<Dictionary<string, long>> GenerationsAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("select tag, generation from cache_generations");
        await using var reader = await command.ExecuteReaderAsync(CancellationToken);
        Dictionary<string, long> generations = [];
        while (await reader.ReadAsync(CancellationToken))
        {
            generations.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return generations;
    }

    /// <summary>A connection that breaks just before or just after COMMIT took effect.</summary>
    private sealed class LossyCommit(bool afterCommit) : DbTransactionInterceptor
    {
        public int Losses { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            LoseIf(!afterCommit);
            return new(result);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            LoseIf(afterCommit);
            return Task.CompletedTask;
        }

        private void LoseIf(bool now)
        {
            if (now && Losses > 0)
            {
                Losses--;
                throw new NpgsqlException("lost", new IOException("lost"));
            }
        }
    }
}
