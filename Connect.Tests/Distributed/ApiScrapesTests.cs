using System.Net;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Lease;
using Connect.Tests.Distributed.Observability;
using Connect.Tests.Functional;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>Asking for runs when workers do not read every board.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ApiScrapesTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_are_queued_only_for_boards_that_a_worker_reads()
    {
        await using var context = await ConnectAsync();
        await AwaitNoneAsync(context);
        await SwitchAsync(context, isOn: false, "KIMST", "TIPA");
        try
        {
            var refused = await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", new { agency = "KIMST" });
            var accepted = await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", new { });

            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Equal("urn:connect:problem:board-switched-off", refused.Text("type"));
            Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
            var ids = accepted.Body!["runIds"]!.AsArray().Select(id => id!.GetValue<Guid>()).ToList();
            var agencies = await context.ScrapeRuns.Where(run => ids.Contains(run.Id)).Select(run => run.Agency.ToString()).ToListAsync(CancellationToken);
            Assert.Equal(["IITP", "IRIS", "KEIT", "NTIS"], agencies.Order());
        }
        finally
        {
            await SwitchAsync(context, isOn: true, "KIMST", "TIPA");
        }
    }

    [Fact]
    public async Task Nothing_is_queued_when_no_worker_reads_any_board()
    {
        await using var context = await ConnectAsync();
        await SwitchAsync(context, isOn: false, "IITP", "IRIS", "KEIT", "KIMST", "NTIS", "TIPA");
        try
        {
            var refused = await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", new { });

            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        }
        finally
        {
            await SwitchAsync(context, isOn: true, "IITP", "IRIS", "KEIT", "KIMST", "NTIS", "TIPA");
        }
    }

    [Fact]
    public async Task Boards_are_listed_with_the_evidence_of_their_layouts()
    {
        var answer = ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/scrapes?limit=1"));

        var boards = answer["boards"]!.AsArray();
        Assert.Equal(Enum.GetNames<Agency>().Order(StringComparer.Ordinal), boards.Select(board => (string?)board!["agency"]).Order(StringComparer.Ordinal));
        var board = boards.Single(one => (string?)one!["agency"] == "NTIS")!;
        Assert.True(board["enabled"]!.GetValue<bool>());
        Assert.Equal("""{"list":"SAVED_PAGE","detail":"SAVED_PAGE","seen":"2026-08"}""", board["evidence"]!.ToJsonString());
        Assert.False(boards.Single(one => (string?)one!["agency"] == "MSS")!["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Kept_page_is_plain_text_for_administrators_and_not_found_once_it_is_forgotten()
    {
        const string text = "<html><script>alert(1)</script>공고</html>";
        await using var context = await ConnectAsync();
        var run = new ScrapeRun
        {
            Agency = Agency.KEIT,
            Trigger = ScrapeTrigger.Schedule,
            Status = ScrapeStatus.Suspicious,
            RequestedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch,
        };
        context.Add(run);
        context.Add(new ScrapePage { RunId = run.Id, Reason = Suspicion.LayoutLost, Address = "/list", Text = text });
        await context.SaveChangesAsync(CancellationToken);
        var path = $"/api/admin/scrapes/{run.Id}/page";

        using var http = new HttpClient { BaseAddress = users.Administrator.Address };
        http.DefaultRequestHeaders.Authorization = users.Administrator.Authorization;
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var response = await http.GetAsync(path, CancellationToken);

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(text, await response.Content.ReadAsStringAsync(CancellationToken));
        ApiAssert.Problem(HttpStatusCode.Forbidden, "forbidden", await users.Member.SendAsync(HttpMethod.Get, path));
        await context.ScrapeRuns.Where(one => one.Id == run.Id).ExecuteDeleteAsync(CancellationToken);
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await users.Administrator.SendAsync(HttpMethod.Get, path));
    }

    [Fact]
    public async Task Run_that_waits_is_joined_and_replays_answer_as_the_first_did()
    {
        await using var context = await ConnectAsync();
        await AwaitNoneAsync(context);

        // The board's lease, so that no worker takes a run up.
        await using var lease = await HoldAsync(Agency.TIPA);
        var (key, joiningKey) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        var first = await ScrapeAsync(new { agency = "TIPA" }, key);
        var joining = await ScrapeAsync(new { agency = "TIPA" }, joiningKey);
        await lease.DisposeAsync();
        var id = Assert.Single(Ids(first));
        await AwaitNoneAsync(context);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.Status, joining.Status));
        Assert.Equal([id], Ids(joining));
        Assert.Null(joining.Location);
        foreach (var (asked, answer) in (List<(string, ApiAnswer)>)[(key, first), (joiningKey, joining)])
        {
            var replay = await ScrapeAsync(new { agency = "TIPA" }, asked);
            Assert.Equal((answer.Status, answer.Location, true), (replay.Status, replay.Location, replay.IsReplayed));
            Assert.Equal([id], Ids(replay));
        }
    }

    private static IEnumerable<Guid> Ids(ApiAnswer answer) => answer.Body!["runIds"]!.AsArray().Select(id => id!.GetValue<Guid>());

    private Task<ApiAnswer> ScrapeAsync(object body, string key) =>
        users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", body, idempotencyKeys: key);

    private async Task<BoardLease> HoldAsync(Agency agency)
    {
        var database = await application.GetDatabaseAsync();
        BoardLease? lease = null;
        await TestInstance.EventuallyAsync(async () =>
            (lease = await BoardLease.TryTakeAsync(new NpgsqlConnection($"{database};Pooling=false"), agency, CancellationToken)) is not null);
        return lease!;
    }

    // Runs of other tests end, so that none of them is joined.
    private static Task AwaitNoneAsync(ConnectDbContext context) => Patiently.UntilAsync(async () =>
        !await context.ScrapeRuns.AnyAsync(run => run.CompletedAt == null, CancellationToken));

    private async Task<ConnectDbContext> ConnectAsync()
    {
        var database = await application.GetDatabaseAsync();
        return TestDatabase.CreateContext(database!);
    }

    private static async Task SwitchAsync(ConnectDbContext context, bool isOn, params string[] boards) =>
        Assert.Equal(boards.Length, await context.Database.ExecuteSqlAsync(
            $"update boards set enabled = {isOn} where agency = any({boards})", CancellationToken));
}
