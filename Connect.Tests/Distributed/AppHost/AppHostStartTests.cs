using Aspire.Hosting.Testing;
using Npgsql;
using StackExchange.Redis;

namespace Connect.Tests.Distributed.AppHost;

public sealed class AppHostStartTests
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Application_becomes_healthy_and_answers()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        timeout.CancelAfter(StartTimeout);
        await using var appHost = await CreateAsync(timeout.Token);
        await using var app = await appHost.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", timeout.Token);

        using var client = app.CreateHttpClient("api");
        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), timeout.Token);
        Assert.True(response.IsSuccessStatusCode);

        await using var database = new NpgsqlConnection(await app.GetConnectionStringAsync("connectdb", timeout.Token));
        await database.OpenAsync(timeout.Token);
        Assert.Equal("connectdb", database.Database);

        var options = ConfigurationOptions.Parse((await app.GetConnectionStringAsync("cache", timeout.Token))!);
        await using var cache = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(timeout.Token);
        Assert.True(await cache.GetDatabase().StringSetAsync("greeting", "안녕").WaitAsync(timeout.Token));
    }

    [Fact]
    public async Task Applications_run_side_by_side()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        timeout.CancelAfter(StartTimeout);
        await using var firstHost = await CreateAsync(timeout.Token);
        await using var secondHost = await CreateAsync(timeout.Token);
        await using var first = await firstHost.BuildAsync(timeout.Token);
        await using var second = await secondHost.BuildAsync(timeout.Token);
        await Task.WhenAll(first.StartAsync(timeout.Token), second.StartAsync(timeout.Token));

        await Task.WhenAll(
            first.ResourceNotifications.WaitForResourceHealthyAsync("agency-simulator", timeout.Token),
            second.ResourceNotifications.WaitForResourceHealthyAsync("agency-simulator", timeout.Token));

        Assert.NotEqual(first.GetEndpoint("agency-simulator"), second.GetEndpoint("agency-simulator"));
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(CancellationToken cancellationToken) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Connect_AppHost>(
            ["--UseVolumes=false", "--Observability=false"], cancellationToken);
}
