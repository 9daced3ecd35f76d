using Connect.LocalAspire.Proxy;
using Connect.LocalAspire.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class ReplicaProxyTests : IAsyncLifetime
{
    private readonly int _port = PortAllocator.Next();
    private readonly List<WebApplication> _replicas = [];
    private readonly TaskCompletionSource _restOfStream = new();
    private HttpClient _client = null!;
    private ReplicaProxy _proxy = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        List<string> addresses = [$"http://127.0.0.1:{PortAllocator.Next()}", $"http://127.0.0.1:{PortAllocator.Next()}"];
        foreach (var (index, address) in addresses.Index())
        {
            _replicas.Add(await StartReplicaAsync(index, address));
        }

        _proxy = await ReplicaProxy.StartAsync(_port, addresses, CancellationToken);
        _client = new HttpClient { BaseAddress = new Uri($"http://localhost:{_port}") };
    }

    [Fact]
    public async Task Requests_on_one_connection_reach_all_replicas()
    {
        SetLive(true, true);

        Assert.Equal(["0", "1"], (await AskAsync(6)).Distinct().Order());
    }

    [Fact]
    public async Task Replica_gets_no_requests_when_it_is_not_live()
    {
        SetLive(false, true);

        Assert.Equal(["1"], (await AskAsync(6)).Distinct());
    }

    [Fact]
    public async Task Answer_is_503_when_no_replica_is_live()
    {
        using var response = await _client.GetAsync(new Uri("/name", UriKind.Relative), CancellationToken);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, (int)response.StatusCode);
    }

    [Fact]
    public async Task Read_is_given_to_another_replica_when_one_has_died()
    {
        SetLive(true, true);
        await _replicas[0].DisposeAsync();

        Assert.Equal(["1"], (await AskAsync(6)).Distinct());
    }

    [Fact]
    public async Task Headers_pass_through_untouched()
    {
        SetLive(true, false);

        using var response = await _client.GetAsync(new Uri("/headers", UriKind.Relative), CancellationToken);

        Assert.Equal("\"7\"", response.Headers.ETag?.Tag);
        Assert.Equal($"localhost:{_port}", await response.Content.ReadAsStringAsync(CancellationToken));
    }

    [Fact]
    public async Task First_part_of_a_stream_arrives_before_the_rest_is_written()
    {
        SetLive(true, false);

        await using var stream = await _client.GetStreamAsync(new Uri("/stream", UriKind.Relative), CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal("first", await reader.ReadLineAsync(CancellationToken));

        _restOfStream.SetResult();
        Assert.Equal("second", await reader.ReadLineAsync(CancellationToken));
    }

    [Fact]
    public async Task Replica_answers_even_if_it_has_no_liveness_address() =>
        Assert.True(await _proxy.AnswersAsync(0, CancellationToken));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }
    }

    private void SetLive(bool first, bool second)
    {
        _proxy.SetLive(0, first);
        _proxy.SetLive(1, second);
    }

    private async Task<List<string>> AskAsync(int times)
    {
        var names = new List<string>();
        for (var request = 0; request < times; request++)
        {
            names.Add(await _client.GetStringAsync(new Uri("/name", UriKind.Relative), CancellationToken));
        }

        return names;
    }

    private async Task<WebApplication> StartReplicaAsync(int index, string address)
    {
        var app = LoopbackServer.Create(address);
        app.MapGet("/name", () => $"{index}");
        app.MapGet("/headers", (HttpContext context) =>
        {
            context.Response.Headers.ETag = "\"7\"";
            return context.Request.Host.Value;
        });
        app.MapGet("/stream", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("first\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await _restOfStream.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("second\n", context.RequestAborted);
        });
        await app.StartAsync(CancellationToken);
        return app;
    }
}
