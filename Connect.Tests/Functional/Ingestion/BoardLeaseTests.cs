using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Queue;
using Connect.Tests.Distributed;
using Npgsql;

namespace Connect.Tests.Functional.Ingestion;

public sealed class BoardLeaseTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_is_one_workers_when_two_want_the_board()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        await using (var board = await TakeAsync(harness, Agency.NTIS))
        {
            Assert.NotNull(board);
            Assert.Null(await TakeAsync(harness, Agency.NTIS));
            await using var other = await TakeAsync(harness, Agency.IITP);
            Assert.NotNull(other);
        }

        await using var again = await TakeAsync(harness, Agency.NTIS);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Lease_is_lost_with_its_connection_and_says_so()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.AddRunAsync(status: ScrapeStatus.Queued);
        await using var connection = harness.CreateConnection();
        await using var board = await BoardLease.TryTakeAsync(connection, Agency.NTIS, CancellationToken);
        await using var server = harness.CreateConnection();
        await server.OpenAsync(CancellationToken);
        await using var terminate = new NpgsqlCommand("select pg_terminate_backend($1, 5000)", server);
        terminate.Parameters.Add(new() { Value = connection.ProcessID });
        await terminate.ExecuteNonQueryAsync(CancellationToken);

        // Another worker has the board from here on; the first must not take a run as if it still had it.
        await using var other = await TakeAsync(harness, Agency.NTIS);
        Assert.NotNull(other);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => harness.Get<ScrapeRunStore>().TakeNextAsync(board!, 10, CancellationToken));
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
        await using var board = await TakeAsync(harness, Agency.NTIS);

        harness.Advance(TimeSpan.FromMinutes(10));
        List<Guid> taken = [];
        while (await harness.Get<ScrapeRunStore>().TakeNextAsync(board!, 10, CancellationToken) is { RunId: var id })
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

    private static Task<BoardLease?> TakeAsync(IngestionHarness harness, Agency agency) =>
        BoardLease.TryTakeAsync(harness.CreateConnection(), agency, CancellationToken);
}
