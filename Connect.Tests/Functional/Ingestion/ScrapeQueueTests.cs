using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>A board has at most one run that waits, whoever asks and however many ask at once.</summary>
public sealed class ScrapeQueueTests(RunningApplication application)
{
    private static readonly Agency[] All = Enum.GetValues<Agency>();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_that_waits_is_joined()
    {
        await using var database = await TestDatabase.CreateAsync(application);

        var first = await AskAsync(database, Agency.NTIS);
        var second = await AskAsync(database, Agency.NTIS);

        Assert.Equal((1, 0), (first.Queued, second.Queued));
        Assert.Equal(first.RunIds, second.RunIds);
        Assert.Single(await RunsAsync(database));
    }

    [Theory]
    [InlineData(ScrapeStatus.Running)]
    [InlineData(ScrapeStatus.Succeeded)]
    [InlineData(ScrapeStatus.Failed)]
    [InlineData(ScrapeStatus.Suspicious)]
    public async Task Run_that_was_taken_up_is_not_joined(ScrapeStatus status)
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var first = await AskAsync(database, Agency.NTIS);
        await SetAsync(database, first.RunIds[0], status);

        var second = await AskAsync(database, Agency.NTIS);

        Assert.Equal(1, second.Queued);
        Assert.NotEqual(first.RunIds, second.RunIds);
    }

    [Fact]
    public async Task Boards_that_wait_join_and_the_others_are_queued_when_all_are_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var waiting = (await AskAsync(database, Agency.KIMST)).RunIds[0];
        var running = (await AskAsync(database, Agency.IITP)).RunIds[0];
        await SetAsync(database, running, ScrapeStatus.Running);

        var all = await AskAsync(database, null);
        var again = await AskAsync(database, null);

        Assert.Equal((All.Length - 1, 0), (all.Queued, again.Queued));
        Assert.Equal(all.RunIds, again.RunIds);
        var agencies = (await RunsAsync(database)).ToDictionary(run => run.Id, run => run.Agency);
        Assert.Equal(All.Order(), all.RunIds.Select(id => agencies[id]));
        Assert.Contains(waiting, all.RunIds);
        Assert.DoesNotContain(running, all.RunIds);
    }

    [Fact]
    public async Task Board_has_one_run_when_many_ask_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(application);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(
            () => AskAsync(database, i % 3 == 0 ? null : All[i % All.Length], inTransaction: i % 2 == 0), CancellationToken)));

        Assert.Equal(All.Length, answers.Sum(answer => answer.Queued));
        Assert.Equal(All.Order(), (await RunsAsync(database)).Select(run => run.Agency).Order());
    }

    [Fact]
    public async Task Schedule_and_start_join_what_an_administrator_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var asked = (await AskAsync(database, Agency.NTIS)).RunIds[0];
        await using var context = database.CreateContext();
        var queue = new ScrapeQueue(context, TimeProvider.System);

        var scheduled = await queue.EnqueueAsync([Agency.NTIS, Agency.IITP], ScrapeTrigger.Schedule, CancellationToken);
        var started = await queue.EnqueueAsync([Agency.IITP, Agency.NTIS, Agency.IITP], ScrapeTrigger.Startup, CancellationToken);

        Assert.Equal(asked, scheduled[0]);
        Assert.Equal([scheduled[1], asked, scheduled[1]], started);
        Assert.Equal([ScrapeTrigger.Administrator, ScrapeTrigger.Schedule], (await RunsAsync(database)).Select(run => run.Trigger));
    }

    [Fact]
    public async Task First_of_several_is_joined_when_an_earlier_version_left_them()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var now = TimeProvider.System.GetUtcNow();
        List<Guid> ids;
        await using (var context = database.CreateContext())
        {
            for (var i = 0; i < 3; i++)
            {
                context.ScrapeRuns.Add(new()
                {
                    Agency = Agency.NTIS,
                    Trigger = ScrapeTrigger.Schedule,
                    Status = ScrapeStatus.Queued,
                    RequestedAt = now.AddMinutes(-i),
                });
            }

            await context.SaveChangesAsync(CancellationToken);
            ids = await context.ScrapeRuns.OrderBy(run => run.RequestedAt).Select(run => run.Id).ToListAsync(CancellationToken);
        }

        Assert.Equal([ids[0]], (await AskAsync(database, Agency.NTIS)).RunIds);
    }

    private static async Task<EnqueuedRuns> AskAsync(TestDatabase database, Agency? agency, bool inTransaction = false)
    {
        await using var context = database.CreateContext();
        var queue = new ScrapeQueue(context, TimeProvider.System);
        if (!inTransaction)
        {
            return await queue.EnqueueForAdministratorAsync(agency, CancellationToken);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken);
        var runs = await queue.EnqueueForAdministratorAsync(agency, CancellationToken);
        await transaction.CommitAsync(CancellationToken);
        return runs;
    }

    private static async Task SetAsync(TestDatabase database, Guid id, ScrapeStatus status)
    {
        await using var context = database.CreateContext();
        await context.ScrapeRuns.Where(run => run.Id == id).ExecuteUpdateAsync(set => set.SetProperty(run => run.Status, status), CancellationToken);
    }

    private static async Task<List<ScrapeRun>> RunsAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.ScrapeRuns.OrderBy(run => run.RequestedAt).ThenBy(run => run.Id).ToListAsync(CancellationToken);
    }
}
