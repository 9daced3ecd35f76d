using Aspire.Hosting.Testing;

namespace Connect.Tests.Distributed;

public sealed class AppHostStartTests
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Application_becomes_healthy_and_answers()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        timeout.CancelAfter(StartTimeout);
        await using var appHost = await DistributedApplicationTestingBuilder
            .CreateAsync<Projects.Connect_AppHost>(["--UseVolumes=false"], timeout.Token);
        await using var app = await appHost.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", timeout.Token);

        using var client = app.CreateHttpClient("api");
        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), timeout.Token);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains("Database=connectdb", await app.GetConnectionStringAsync("connectdb", timeout.Token), StringComparison.Ordinal);
        Assert.Contains("password=", await app.GetConnectionStringAsync("cache", timeout.Token), StringComparison.Ordinal);
    }
}
