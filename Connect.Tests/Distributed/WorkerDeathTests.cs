using System.Diagnostics;
using System.Globalization;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.ScraperWorker;
using Connect.Tests.Functional;
using Connect.Tests.Functional.Boards;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed;

/// <summary>
/// Two real workers on one database, killed again and again in the middle of their runs while the boards move on. The kills
/// come after so many requests to the boards as a seed says, not after so much time.
/// </summary>
public sealed class WorkerDeathTests(RunningApplication application)
{
    private const int Seed = 20_261_126;
    private const int Announcements = 150;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // The host in a request shows which worker sent it; both hosts lead to the same boards.
    private static readonly string[] Names = ["127.0.0.1", "localhost"];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public Task Nothing_is_lost_doubled_or_evicted_in_vain_when_workers_are_killed() => KillAsync(kills: 2);

    [Fact(Explicit = true)]
    public Task Nothing_is_lost_doubled_or_evicted_in_vain_in_twenty_kills() => KillAsync(kills: 20);

    private async Task KillAsync(int kills)
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await DeathAudit.InstallAsync(database);
        await using var boards = new BoardsHarness(Announcements);
        var redis = await application.GetRedisAsync();
        var workers = await Task.WhenAll(Names.Select(name => StartAsync(database, boards, redis!, name)));
        var random = new Random(Seed);
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                var victim = random.Next(workers.Length);
                var requests = boards.Requests.Count + random.Next(1, Announcements * 5 / 4);
                await EnqueueAsync(database);
                await EventuallyAsync(async () => boards.Requests.Count >= requests || await AllEndedAsync(database));
                await workers[victim].KillAsync();
                await boards.AdvanceAsync(random.Next(0, 4), random.Next(0, 4), random.Next(0, 3));
                workers[victim] = await StartAsync(database, boards, redis!, Names[victim]);
            }

            await EnqueueAsync(database);
            await EventuallyAsync(() => AllEndedAsync(database));
        }
        finally
        {
            await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask()));
        }

        await using var context = database.CreateContext();
        await PublishedBoards.AssertStoredAsync(context, await boards.StateAsync());
        var runs = await context.ScrapeRuns.AsNoTracking().ToListAsync(CancellationToken);
        Assert.All(runs, run => Assert.Equal((ScrapeStatus.Succeeded, null), (run.Status, run.Error)));

        // If two workers read a board at once, the host would change with almost every request.
        Assert.All(boards.Requests.CountTurns(), board => Assert.InRange(
            board.Value, 1, runs.Where(run => run.Agency.ToString() == board.Key).Sum(run => run.Attempts)));
        Assert.True(runs.Exists(run => run.Attempts > 1), "No kill met a run.");
        var audit = await DeathAudit.ReadAsync(database);
        Assert.True(audit.Changes > Math.Min(5, kills), $"Only {audit.Changes} transactions changed anything.");
        Assert.Equal((0, 0), (audit.Lost, audit.Vain));
    }

    private static Task<ServiceProcess> StartAsync(TestDatabase database, BoardsHarness boards, string redis, string name)
    {
        var address = new UriBuilder(boards.Control.BaseAddress!) { Host = name }.Uri.AbsoluteUri;
        List<(string, string)> settings =
        [
            ("ConnectionStrings__connectdb", database.ConnectionString),
            ("ConnectionStrings__cache", redis),
            ("Schedule__ScrapeWhenEmpty", "false"),
            ("Schedule__QueuePollInterval", "00:00:00.050"),
            ("Schedule__MaxAttempts", "1000"),
            ("Warming__Enabled", "false"),
            ("Sources__IRIS__Paging__Each__2", "ancmPrg=ancmEnd"),
        ];
        foreach (var agency in BoardsHarness.Agencies)
        {
            var section = $"Sources__{agency}__";
            settings.AddRange(
            [
                (section + "Enabled", "true"),
                (section + "BaseAddress", address.TrimEnd('/') + BoardsHarness.SiteOf(agency)),
                (section + "PublicAddress", "http://boards.example"),
                (section + "MaxPages", "100"),
                (section + "RequestsPerMinute", "60000"),
                (section + "RetryDelay", "00:00:00.050"),
                (section + "MaxMissingChecks", "1000"),
                (section + "AllowPrivateAddresses", "true"),
            ]);
        }

        return ServiceProcess.StartAsync(typeof(ScraperWorkerMarker), [.. settings]);
    }

    private static async Task EnqueueAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        await new ScrapeQueue(context, TimeProvider.System).EnqueueAsync(BoardsHarness.Agencies, ScrapeTrigger.Administrator, CancellationToken);
    }

    private static async Task<bool> AllEndedAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return !await context.ScrapeRuns.AnyAsync(run => run.Status == ScrapeStatus.Queued || run.Status == ScrapeStatus.Running, CancellationToken);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!await condition())
        {
            Assert.True(
                Stopwatch.GetElapsedTime(started) < Patience,
                string.Create(CultureInfo.InvariantCulture, $"It did not come to pass within {Patience} (seed {Seed})."));
            await pace.WaitForNextTickAsync(CancellationToken);
        }
    }
}
