using Connect.Core.Programs;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

public sealed class BoardClaimTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_is_one_workers_when_two_want_the_board()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var first = harness.CreateContext();
        await using var second = harness.CreateContext();

        await using (var claim = await BoardClaim.TryTakeAsync(first, Agency.NTIS, CancellationToken))
        {
            Assert.NotNull(claim);
            Assert.Null(await BoardClaim.TryTakeAsync(second, Agency.NTIS, CancellationToken));
            await using var other = await BoardClaim.TryTakeAsync(second, Agency.IITP, CancellationToken);
            Assert.NotNull(other);
        }

        await using var again = await BoardClaim.TryTakeAsync(second, Agency.NTIS, CancellationToken);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Claim_is_free_when_its_owners_connection_is_gone()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var second = harness.CreateContext();
        await using (var first = harness.CreateContext())
        {
            // Never given back: its process died.
            Assert.NotNull(await BoardClaim.TryTakeAsync(first, Agency.NTIS, CancellationToken));
        }

        await using var claim = await BoardClaim.TryTakeAsync(second, Agency.NTIS, CancellationToken);
        Assert.NotNull(claim);
    }

    [Fact]
    public async Task Runs_are_taken_up_one_after_the_other_and_an_abandoned_one_first()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var later = await harness.AddRunAsync(status: ScrapeStatus.Queued, minute: 2);
        var earlier = await harness.AddRunAsync(status: ScrapeStatus.Queued, minute: 1);
        var abandoned = await harness.AddRunAsync(status: ScrapeStatus.Running, minute: 3);
        var done = await harness.AddRunAsync(status: ScrapeStatus.Failed);
        var others = await harness.AddRunAsync(Agency.KEIT, ScrapeStatus.Queued);
        await using var context = harness.CreateContext();
        await using var claim = await BoardClaim.TryTakeAsync(context, Agency.NTIS, CancellationToken);

        List<Guid> taken = [];
        while (await claim!.NextRunAsync(IngestionHarness.Now.AddMinutes(10), CancellationToken) is { } id)
        {
            taken.Add(id);
            var run = await harness.FindRunAsync(id);
            Assert.Equal((ScrapeStatus.Running, IngestionHarness.Now.AddMinutes(10)), (run.Status, run.StartedAt));
            await harness.EndAsync(id);
        }

        Assert.Equal([abandoned.Id, earlier.Id, later.Id], taken);
        Assert.Equal(ScrapeStatus.Failed, (await harness.FindRunAsync(done.Id)).Status);
        Assert.Equal(ScrapeStatus.Queued, (await harness.FindRunAsync(others.Id)).Status);
    }
}
