using Connect.Data.Model;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Stage;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>
/// Three boards change at random and are read in random order, some runs cut off or with an empty list. After every run
/// the database is compared with <see cref="ModelOracle"/>, a second implementation of the rules.
/// </summary>
public sealed class MergeModelTests(RunningApplication application)
{
    private const int Steps = 12;
    private const int ManySteps = 25;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public Task Database_is_what_the_rules_say_after_every_run() => CheckAsync(seed: 1, Steps);

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public Task Database_is_what_the_rules_say_after_every_run_of_more_lives(int seed) => CheckAsync(seed, ManySteps);

    private async Task CheckAsync(int seed, int steps)
    {
        var random = new Random(seed);
        var world = new ModelWorld(random);
        var oracle = new ModelOracle();
        await using var harness = await IngestionHarness.CreateAsync(application, world.Boards);
        var check = new ModelCheck(harness, oracle);
        var step = 0;
        try
        {
            for (; step < steps; step++)
            {
                harness.Advance(TimeSpan.FromHours(random.Next(1, 9)));
                world.Evolve(NowOf(harness));
                if (random.Next(4) == 0)
                {
                    await ExpireAsync(harness, oracle, check);
                }

                var board = world.Any();
                await RunAsync(harness, board, random, world, oracle, check);
                if (random.Next(3) == 0)
                {
                    await RunAsync(harness, board, random, world: null, oracle, check);
                }
            }

            await SettleAsync(harness, world, oracle, check);
        }
        catch (Exception exception)
        {
            Assert.Fail($"seed {seed}, step {step}: {exception}");
        }
    }

    /// <summary>Runs the board; with a world, the run may be cut off or the list may be empty.</summary>
    private static async Task RunAsync(
        IngestionHarness harness, ModelBoard board, Random random, ModelWorld? world, ModelOracle oracle, ModelCheck check)
    {
        board.BeginRun();
        var lease = await harness.AddLeaseAsync(board.Agency);
        if (world is not null && random.Next(4) == 0)
        {
            // The worker dies after a part, and the boards go on.
            board.CutAfter = random.Next(board.Listed.Count + 1);
            await new StagedCrawl(board, harness.Get<StagedRows>(), lease, new(), harness.Get<TimeProvider>())
                .CrawlAsync(_ => { }, CancellationToken);
            board.CutAfter = null;
            await harness.ExecuteAsync($"update scrape_runs set attempts = attempts + 1 where id = '{lease.RunId}'");
            lease = lease with { Attempt = lease.Attempt + 1 };
            world.Evolve(NowOf(harness));
        }

        board.IsBlank = world is not null && random.Next(8) == 0;
        var missing = oracle.Postings.Any(pair => pair.Key.Agency == board.Agency && pair.Value.IsLive);
        await harness.RunAsync(lease, CancellationToken);
        var run = await harness.FindRunAsync(lease.RunId);
        var unreadable = board.Seen.Count(row => row.Error is not null);
        var isSuspicious = unreadable > board.Seen.Count - unreadable || (board.Seen.Count == unreadable && missing);
        Assert.Equal((isSuspicious ? ScrapeStatus.Suspicious : ScrapeStatus.Succeeded, null), (run.Status, isSuspicious ? null : run.Error));
        if (isSuspicious)
        {
            await check.HoldAsync(run, new());
            return;
        }

        Assert.Equal(oracle.MissingFrom(board, NowOf(harness)).Order(StringComparer.Ordinal), board.MissingChecks.Keys.Order(StringComparer.Ordinal));
        await check.HoldAsync(run, oracle.Run(board, NowOf(harness)));
    }

    private static async Task ExpireAsync(IngestionHarness harness, ModelOracle oracle, ModelCheck check)
    {
        await harness.Create<ExpireProgramsJob>().Execute(null!, CancellationToken);
        await check.HoldAsync(null, new() { IsEvicted = oracle.Expire(NowOf(harness)) });
    }

    /// <summary>After three runs without changes, each program has the content of its authoritative posting.</summary>
    private static async Task SettleAsync(IngestionHarness harness, ModelWorld world, ModelOracle oracle, ModelCheck check)
    {
        await ExpireAsync(harness, oracle, check);
        foreach (var board in world.Boards.Concat(world.Boards).Concat(world.Boards).Where(board => board.Listed.Count > 0))
        {
            board.Listed.ForEach(listing => listing.IsUnreadable = false);
            await RunAsync(harness, board, Random.Shared, world: null, oracle, check);
        }

        await check.ReplayAsync();
        Assert.All(oracle.Programs, program =>
        {
            var board = world.Boards.Single(board => board.Agency == program.Place.Agency);
            var first = board.Listed.Find(listing => oracle.Postings[(board.Agency, listing.Address)].Program == program);

            // A notice that is listed before its call says nothing of it.
            if (first is { Content: var said } && !(program.IsCall && ModelTitles.IsNotice(said.Title)))
            {
                var isOpen = !said.Closed && !(said.Deadline < NowOf(harness));
                var amount = said.BudgetAmount ?? oracle.AmountFrom(program, said.Agency);
                Assert.Equal(ModelProgram.FieldsOf(said with { BudgetAmount = amount }, (said.Agency, said.Url), isOpen), program.Fields);
            }
        });
    }

    private static DateTimeOffset NowOf(IngestionHarness harness) => harness.Get<TimeProvider>().GetUtcNow();
}
