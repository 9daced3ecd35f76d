using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Startup;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Functional.Ingestion;

public sealed class DatabaseMigratorTests(RunningApplication application)
{
    private static readonly FakeSource[] Boards = [new(Agency.NTIS), new(Agency.IITP)];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Empty_database_is_migrated_and_filled_once_when_two_workers_start_together()
    {
        await using var harness = await IngestionHarness.CreateEmptyAsync(application, [.. Boards]);
        using var first = harness.Create<DatabaseMigrator>();
        using var second = harness.Create<DatabaseMigrator>();

        await Task.WhenAll(first.StartAsync(CancellationToken), second.StartAsync(CancellationToken));
        await Task.WhenAll(first.ExecuteTask!, second.ExecuteTask!);

        await harness.Ready.WaitAsync(CancellationToken);
        await using var context = harness.CreateContext();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(CancellationToken));
        var runs = await harness.RunsAsync();
        Assert.Equal([Agency.IITP, Agency.NTIS], runs.Select(run => run.Agency).Order());
        Assert.All(runs, run => Assert.Equal((ScrapeTrigger.Startup, ScrapeStatus.Queued), (run.Trigger, run.Status)));
    }

    [Fact]
    public async Task Nothing_is_asked_for_when_there_are_announcements()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, [.. Boards]);
        await harness.IngestAsync(Announcements.Of());

        await MigrateAsync(harness);

        Assert.Single(await harness.RunsAsync());
    }

    [Fact]
    public async Task Nothing_is_asked_for_twice_when_a_run_waits_already()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, [.. Boards]);
        await harness.EnqueueAsync(Agency.NTIS);

        await MigrateAsync(harness);

        Assert.Equal([Agency.NTIS, Agency.IITP], (await harness.RunsAsync()).Select(run => run.Agency));
    }

    [Fact]
    public async Task Nothing_is_asked_for_when_filling_is_switched_off()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, [.. Boards]);
        using var migrator = harness.Create<DatabaseMigrator>(Options.Create(new QueueOptions { ScrapeWhenEmpty = false }));

        await migrator.StartAsync(CancellationToken);
        await migrator.ExecuteTask!;

        Assert.Empty(await harness.RunsAsync());
    }

    [Fact]
    public async Task Boards_are_stored_with_the_evidence_of_their_layouts_also_those_that_are_switched_off()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, [.. Boards]);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sources:KEIT:Evidence:List"] = "SavedPage",
            ["Sources:KEIT:Evidence:Seen"] = "2026-11",
            ["Sources:TIPA:Evidence:Seen"] = new('x', 33),
        }).Build();
        using var migrator = harness.Create<DatabaseMigrator>(configuration);

        await migrator.StartAsync(CancellationToken);
        await migrator.ExecuteTask!;

        await using var context = harness.CreateContext();
        var boards = await context.Boards.ToDictionaryAsync(board => board.Agency, CancellationToken);
        Assert.Equal(Enum.GetValues<Agency>().Order(), boards.Keys.Order());
        Assert.Equal((true, EvidenceBasis.SavedPage, EvidenceBasis.SavedPage, "2026-08"), Describe(Agency.NTIS));
        Assert.Equal((false, EvidenceBasis.SavedPage, EvidenceBasis.Description, "2026-11"), Describe(Agency.KEIT));
        Assert.Equal((false, EvidenceBasis.Description, null, "2026-10"), Describe(Agency.MSS));
        Assert.Null(boards[Agency.TIPA].EvidenceSeen);

        (bool, EvidenceBasis?, EvidenceBasis?, string?) Describe(Agency agency) =>
            (boards[agency].Enabled, boards[agency].ListEvidence, boards[agency].DetailEvidence, boards[agency].EvidenceSeen);
    }

    [Fact]
    public async Task Database_of_another_version_is_refused()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, [.. Boards]);
        await using (var context = harness.CreateContext())
        {
            await context.Database.ExecuteSqlAsync(
                $"""insert into "__EFMigrationsHistory" (migration_id, product_version) values ('20990101000000_Later', '99')""", CancellationToken);
        }

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync(harness));

        Assert.Contains("20990101000000_Later", problem.Message, StringComparison.Ordinal);
    }

    private static async Task MigrateAsync(IngestionHarness harness)
    {
        using var migrator = harness.Create<DatabaseMigrator>();
        await migrator.StartAsync(CancellationToken);
        await migrator.ExecuteTask!;
    }
}
