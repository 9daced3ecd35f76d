using System.Net;
using Connect.Data.Model;
using Connect.Tests.Functional;
using Microsoft.EntityFrameworkCore;

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
            Assert.Equal(["IITP", "KEIT", "NTIS"], agencies.Order());
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
        await SwitchAsync(context, isOn: false, "IITP", "KEIT", "KIMST", "NTIS", "TIPA");
        try
        {
            var refused = await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", new { });

            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        }
        finally
        {
            await SwitchAsync(context, isOn: true, "IITP", "KEIT", "KIMST", "NTIS", "TIPA");
        }
    }

    private async Task<ConnectDbContext> ConnectAsync()
    {
        var database = await application.GetDatabaseAsync();
        return TestDatabase.CreateContext(database!);
    }

    private static async Task SwitchAsync(ConnectDbContext context, bool isOn, params string[] boards) =>
        Assert.Equal(boards.Length, await context.Database.ExecuteSqlAsync(
            $"update boards set enabled = {isOn} where agency = any({boards})", CancellationToken));
}
