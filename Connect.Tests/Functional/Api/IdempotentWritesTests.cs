using Connect.Api.Http;
using Connect.Api.Idempotency;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Tests.Functional.Api;

/// <summary>A write and its idempotency key are stored both or not at all.</summary>
public sealed class IdempotentWritesTests(RunningApplication application)
{
    private static readonly EphemeralDataProtectionProvider Protection = new();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neither_write_nor_name_is_left_when_the_work_fails()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var http = await NewRequestAsync(database);

        await Assert.ThrowsAsync<NotSupportedException>(() => Create(instance).ExecuteAsync<Guid>(
            http, "test", null,
            async (context, token) =>
            {
                await AddRunAsync(context, token);
                await context.SaveChangesAsync(token);
                throw new NotSupportedException();
            },
            CancellationToken));

        await using var context = database.CreateContext();
        Assert.False(await context.ScrapeRuns.AnyAsync(CancellationToken));
        Assert.False(await context.IdempotencyKeys.AnyAsync(CancellationToken));
    }

    [Fact]
    public async Task Second_caller_waits_for_the_first_and_does_the_work_where_that_one_fails()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var writes = Create(instance);
        var http = await NewRequestAsync(database);
        var claimed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var proceed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var first = writes.ExecuteAsync<Guid>(
            http, "test", null,
            async (_, _) =>
            {
                claimed.SetResult();
                await proceed.Task;
                throw new NotSupportedException();
            },
            CancellationToken);
        await claimed.Task;
        var second = writes.ExecuteAsync(http, "test", null, AddRunAsync, CancellationToken);
        await AwaitWaiterAsync(database);
        proceed.SetResult();

        await Assert.ThrowsAsync<NotSupportedException>(() => first);
        var outcome = await second;
        Assert.Null(outcome.Replayed);
        Assert.Equal([outcome.Result], (await writes.ExecuteAsync(http, "test", null, AddRunAsync, CancellationToken)).Replayed);
    }

    [Fact]
    public async Task Name_is_free_when_it_is_forgotten()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var http = await NewRequestAsync(database);
        var first = await Create(instance).ExecuteAsync(http, "test", null, AddRunAsync, CancellationToken);
        await using (var context = database.CreateContext())
        {
            await context.IdempotencyKeys.ExecuteDeleteAsync(CancellationToken);
        }

        var again = await Create(instance).ExecuteAsync(http, "test", null, AddRunAsync, CancellationToken);

        Assert.Null(again.Replayed);
        Assert.NotEqual(first.Result, again.Result);
    }

    private static IdempotentWrites Create(TestInstance instance) => new(
        instance.Transaction, new AppSecrets(instance.Get<IServiceScopeFactory>(), Protection), TimeProvider.System);

    private static Task<Written<Guid>> AddRunAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        var run = new ScrapeRun { Agency = Agency.NTIS, Status = ScrapeStatus.Queued, Trigger = ScrapeTrigger.Administrator };
        context.ScrapeRuns.Add(run);
        context.EvictTags("test", ConnectTags.Programs);
        return Task.FromResult(new Written<Guid>(run.Id, [run.Id]));
    }

    private static Task AwaitWaiterAsync(TestDatabase database) => TestInstance.EventuallyAsync(async () =>
    {
        await using var context = database.CreateContext();
        return await context.Database
            .SqlQuery<long>($"select count(*) as \"Value\" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
            .SingleAsync(CancellationToken) == 1;
    });

    private static async Task<DefaultHttpContext> NewRequestAsync(TestDatabase database)
    {
        var user = new User { Id = Guid.CreateVersion7(), UserName = "kim", SecurityStamp = "" };
        await using var context = database.CreateContext();
        context.Users.Add(user);
        await context.SaveChangesAsync(CancellationToken);
        var http = new DefaultHttpContext
        {
            User = CallerPrincipal.Person(new(user.Id, false, null, null, null, []), isAdministrator: false, sessionId: null, issuedAt: null),
        };
        http.Features.Set(new RequestedKey("key"));
        return http;
    }
}
