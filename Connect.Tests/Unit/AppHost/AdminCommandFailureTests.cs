using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Unit.AppHost;

/// <summary>The AppHost's commands against an API that does not want what they want.</summary>
public sealed class AdminCommandFailureTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refused_sign_in_is_reported()
    {
        await using var api = LoopbackServer.Create();
        api.MapPost("/auth/login", () => Results.Unauthorized());
        api.MapPost("/api/admin/scrapes", (HttpRequest request) =>
            request.Headers.Authorization.Count == 0 ? Results.Unauthorized() : Results.Accepted());

        var result = await ExecuteAsync(api, "scrape");

        Assert.False(result.Success);
        Assert.Contains("admin-password", result.Message);
    }

    [Fact]
    public async Task Refused_call_is_reported_with_its_reason()
    {
        await using var api = LoopbackServer.Create();
        MapSignIn(api);
        api.MapPost("/api/admin/cache/warm", () => Results.Problem(statusCode: 409, title: "Nobody is there to warm"));

        var result = await ExecuteAsync(api, "warm");

        Assert.False(result.Success);
        Assert.Equal("The API answered 409. Nobody is there to warm", result.Message);
    }

    [Fact]
    public async Task Answer_without_a_reason_is_reported_by_its_status()
    {
        await using var api = LoopbackServer.Create();
        MapSignIn(api);
        api.MapDelete("/api/admin/cache/tags/{tag}", () => Results.Text("bad gateway", statusCode: 502));

        var result = await ExecuteAsync(api, "evict");

        Assert.Equal("The API answered 502.", result.Message);
    }

    [Fact]
    public async Task Token_and_no_agency_are_sent()
    {
        await using var api = LoopbackServer.Create();
        var sent = new TaskCompletionSource<(string? Token, string Body)>();
        MapSignIn(api);
        api.MapPost("/api/admin/scrapes", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            sent.SetResult((request.Headers.Authorization, await reader.ReadToEndAsync(CancellationToken)));
            return Results.Accepted();
        });

        var result = await ExecuteAsync(api, "scrape");

        Assert.True(result.Success, result.Message);
        Assert.Equal(("Bearer abc", """{"agency":null}"""), await sent.Task);
    }

    [Fact]
    public async Task Unreachable_api_is_reported()
    {
        await using var api = LoopbackServer.Create();
        await api.StartAsync(CancellationToken);
        var port = new Uri(api.Urls.Single()).Port;
        await api.StopAsync(CancellationToken);

        var result = await ExecuteAsync(port, "warm");

        Assert.False(result.Success);
        Assert.Contains($"{port}", result.Message);
    }

    private static void MapSignIn(WebApplication api) => api.MapPost("/auth/login", () => new { accessToken = "abc" });

    private static async Task<ExecuteCommandResult> ExecuteAsync(WebApplication api, string command)
    {
        await api.StartAsync(CancellationToken);
        return await ExecuteAsync(new Uri(api.Urls.Single()).Port, command);
    }

    private static async Task<ExecuteCommandResult> ExecuteAsync(int port, string command)
    {
        await using var appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Connect_AppHost>(
            ["--Observability=false"], CancellationToken);
        var api = appHost.Resources.Single(resource => resource.Name == "api");
        var endpoint = api.Annotations.OfType<EndpointAnnotation>().Single();
        await using var app = await appHost.BuildAsync(CancellationToken);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", port);
        var worker = appHost.Resources.Single(resource => resource.Name == "scraper-worker");
        return await app.ResourceCommands.ExecuteCommandAsync(worker, command, CancellationToken);
    }
}
