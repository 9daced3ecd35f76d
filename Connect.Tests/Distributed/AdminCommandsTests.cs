using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Connect.Tests.Distributed.Observability;

namespace Connect.Tests.Distributed;

/// <summary>The administrator's commands, by their names on the command line.</summary>
[Collection(nameof(RunsAlone))]
public sealed class AdminCommandsTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private const string Worker = "scraper-worker";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "IITP", "IRIS", "KEIT", "KIMST", "NTIS", "TIPA")]
    [InlineData("KIMST", "KIMST")]
    public async Task Scrape_queues_a_run_of_a_board_or_of_all_and_answers_their_ids(string? agency, params string[] expected)
    {
        // A run that waits would be joined.
        await Patiently.UntilAsync(async () => (await ItemsAsync("/api/admin/scrapes?limit=100")).All(run => run["status"]!.GetValue<string>() != "QUEUED"));
        var before = await IdsAsync("/api/admin/scrapes?limit=100");

        var result = await ExecuteAsync("scrape", ("agency", agency));

        var queued = (await ItemsAsync("/api/admin/scrapes?limit=100")).Where(run => !before.Contains(run["id"]!.GetValue<Guid>())).ToList();
        Assert.Equal(expected, queued.Select(run => run["agency"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(
            queued.Select(run => run["id"]!.GetValue<Guid>()).Order(),
            JsonNode.Parse(result.Data!.Value)!["runIds"]!.AsArray().Select(id => id!.GetValue<Guid>()).Order());
        await AssertAuditedAsync("POST", "/api/admin/scrapes", 202);
    }

    [Fact]
    public async Task Evict_evicts_the_tag_that_is_named()
    {
        var tag = $"org:{Guid.NewGuid()}";

        await ExecuteAsync("evict", ("tag", tag));

        await Patiently.UntilAsync(async () => await EvictionsAsync(tag) > 0);
        await AssertAuditedAsync("DELETE", "/api/admin/cache/tags/{tag}", 204);
    }

    [Fact]
    public async Task Unknown_board_is_refused_before_anything_is_asked()
    {
        var before = await IdsAsync("/api/admin/scrapes?limit=100");

        var result = await (await application.GetAsync()).ResourceCommands.ExecuteCommandAsync(
            Worker, "scrape", Arguments(("agency", "NASA")), CancellationToken);

        Assert.False(result.Success);
        Assert.Equal(before, await IdsAsync("/api/admin/scrapes?limit=100"));
    }

    [Fact]
    public async Task Boards_move_and_break_by_command()
    {
        var running = await application.GetAsync();

        var moved = await running.ResourceCommands.ExecuteCommandAsync(
            "agency-simulator", "advance", Arguments(("new", "0"), ("changed", "0"), ("closed", "0")), CancellationToken);
        var broken = await running.ResourceCommands.ExecuteCommandAsync(
            "agency-simulator", "break", Arguments(("board", "KEIT"), ("kind", "status500"), ("count", "1")), CancellationToken);
        var mended = await running.ResourceCommands.ExecuteCommandAsync("agency-simulator", "mend", CancellationToken);

        Assert.All([moved, broken, mended], result => Assert.True(result.Success, result.Message));
        Assert.Equal("""{"new":0,"changed":0,"closed":0}""", moved.Data!.Value);
    }

    [Fact]
    public async Task Warm_queues_a_warming()
    {
        var before = await IdsAsync("/api/admin/cache/warmings?limit=100");

        var result = await ExecuteAsync("warm");

        Assert.Contains(
            JsonNode.Parse(result.Data!.Value)!["warmingId"]!.GetValue<Guid>(), (await IdsAsync("/api/admin/cache/warmings?limit=100")).Except(before));
        await AssertAuditedAsync("POST", "/api/admin/cache/warm", 202);
    }

    [Fact]
    public async Task Unknown_command_fails_with_a_message()
    {
        var running = await application.GetAsync();

        var result = await running.ResourceCommands.ExecuteCommandAsync(Worker, "unknown", CancellationToken);

        Assert.False(result.Success);
        Assert.NotEmpty(result.Message!);
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(string command, params (string Name, string? Value)[] arguments)
    {
        var running = await application.GetAsync();
        var result = await running.ResourceCommands.ExecuteCommandAsync(Worker, command, Arguments(arguments), CancellationToken);
        Assert.True(result.Success, result.Message);
        return result;
    }

    private static InteractionInputCollection Arguments(params (string Name, string? Value)[] arguments) =>
        new([.. arguments.Select(argument => new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })]);

    private async Task<long> EvictionsAsync(string tag) =>
        ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/cache"))["totals"]!["evictions"]!.AsArray()
            .Where(eviction => eviction!["reason"]!.GetValue<string>() == "requested" && tag.StartsWith(eviction["tag"]!.GetValue<string>(), StringComparison.Ordinal))
            .Sum(eviction => eviction!["count"]!.GetValue<long>());

    private async Task AssertAuditedAsync(string method, string route, int status) => Assert.Contains(
        await ItemsAsync("/api/admin/audit?limit=20"),
        entry => (entry["method"]!.GetValue<string>(), entry["route"]!.GetValue<string>()) == (method, route)
            && entry["status"]?.GetValue<int>() == status);

    private async Task<HashSet<Guid>> IdsAsync(string path) => [.. (await ItemsAsync(path)).Select(item => item["id"]!.GetValue<Guid>())];

    private async Task<IReadOnlyList<JsonNode>> ItemsAsync(string path) =>
        [.. ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, path))["items"]!.AsArray().Select(item => item!)];
}
