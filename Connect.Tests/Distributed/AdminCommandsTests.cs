using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Connect.Tests.Distributed.Observability;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Tests.Distributed;

/// <summary>What the commands of the API's resource do. With Aspire each replica has them, so they may be executed twice.</summary>
[Collection(nameof(RunsAlone))]
public sealed class AdminCommandsTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scrape_queues_a_run_of_every_board()
    {
        var before = await IdsAsync("/api/admin/scrapes?limit=100");

        await ExecuteAsync("scrape");

        var queued = (await ItemsAsync("/api/admin/scrapes?limit=100")).Where(run => !before.Contains(run["id"]!.GetValue<Guid>()));
        Assert.Equal(
            ["IITP", "KEIT", "KIMST", "NTIS", "TIPA"],
            queued.Select(run => run["agency"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal));
        await AssertAuditedAsync("POST", "/api/admin/scrapes", 202);
    }

    [Fact]
    public async Task Evict_evicts_the_list_of_open_calls()
    {
        var before = await EvictionsAsync();

        await ExecuteAsync("evict-programs");

        await Patiently.UntilAsync(async () => await EvictionsAsync() > before);
        await AssertAuditedAsync("DELETE", "/api/admin/cache/tags/{tag}", 204);
    }

    [Fact]
    public async Task Warm_queues_a_warming()
    {
        var before = await IdsAsync("/api/admin/cache/warmings?limit=100");

        await ExecuteAsync("warm");

        Assert.NotEmpty((await IdsAsync("/api/admin/cache/warmings?limit=100")).Except(before));
        await AssertAuditedAsync("POST", "/api/admin/cache/warm", 202);
    }

    [Fact]
    public async Task Unknown_command_fails_with_a_message()
    {
        var running = await application.GetAsync();

        var result = await running.ResourceCommands.ExecuteCommandAsync(await ApiAsync(), "unknown", CancellationToken);

        Assert.False(result.Success);
        Assert.NotEmpty(result.Message!);
    }

    private async Task ExecuteAsync(string command)
    {
        var running = await application.GetAsync();
        var result = await running.ResourceCommands.ExecuteCommandAsync(await ApiAsync(), command, CancellationToken);
        Assert.True(result.Success, result.Message);
    }

    private async Task<long> EvictionsAsync() =>
        ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/cache"))["totals"]!["evictions"]!.AsArray()
            .Where(eviction => (eviction!["tag"]!.GetValue<string>(), eviction["reason"]!.GetValue<string>()) == ("programs", "requested"))
            .Sum(eviction => eviction!["count"]!.GetValue<long>());

    private async Task<IResource> ApiAsync() =>
        (await application.GetAsync()).Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == "api");

    private async Task AssertAuditedAsync(string method, string route, int status) => Assert.Contains(
        await ItemsAsync("/api/admin/audit?limit=20"),
        entry => (entry["method"]!.GetValue<string>(), entry["route"]!.GetValue<string>()) == (method, route)
            && entry["status"]?.GetValue<int>() == status);

    private async Task<HashSet<Guid>> IdsAsync(string path) => [.. (await ItemsAsync(path)).Select(item => item["id"]!.GetValue<Guid>())];

    private async Task<IReadOnlyList<JsonNode>> ItemsAsync(string path) =>
        [.. ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, path))["items"]!.AsArray().Select(item => item!)];
}
