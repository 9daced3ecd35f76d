using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Connect.AppHost.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Connect.Tests.Distributed.RunningApplication))]

namespace Connect.Tests.Distributed;

/// <summary>
/// The whole application, started once for all tests that need it and only if one does: its servers, and its
/// services as their users meet them. Tests make their own users, organizations and databases.
/// </summary>
public sealed class RunningApplication : IAsyncDisposable
{
    public const string AdminEmail = "admin@connect.local";
    public const string AdminPassword = "Connect-Admin-1!";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IDistributedApplicationTestingBuilder? _appHost;
    private DistributedApplication? _application;
    private Task? _isReady;

    /// <summary>The application, ready for callers; started by the first test that needs it.</summary>
    public async Task<DistributedApplication> GetAsync()
    {
        var application = await GetStartedAsync();
        await _isReady!.WaitAsync(TestContext.Current.CancellationToken);
        return application;
    }

    /// <summary>The connection string of its database, as soon as that is there: tests of the database alone need no services.</summary>
    public Task<string> GetDatabaseAsync() => GetStoreAsync("connectdb");

    /// <summary>The connection string of its Redis, as soon as that is there.</summary>
    public Task<string> GetRedisAsync() => GetStoreAsync("cache");

    /// <summary>A client of the API's public address that opens a connection for each request.</summary>
    public async Task<ApiClient> CreateClientAsync()
    {
        var application = await GetAsync();
        return new ApiClient(application.GetEndpoint("api"));
    }

    /// <summary>The control interface of the agencies' boards.</summary>
    public async Task<Uri> GetSimulatorAsync() => (await GetAsync()).GetEndpoint("agency-simulator");

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_appHost is not null)
        {
            await _appHost.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async Task<DistributedApplication> GetStartedAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _application ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> GetStoreAsync(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var application = await GetStartedAsync();
        var healthy = application.ResourceNotifications.WaitForResourceHealthyAsync(name, cancellationToken).WaitAsync(StartTimeout, cancellationToken);

        // If the start fails, its error ends the wait for the store.
        await await Task.WhenAny(healthy, _isReady!);
        await healthy;
        var store = _appHost!.Resources.OfType<IResourceWithConnectionString>().Single(resource => resource.Name == name);
        return await store.GetConnectionStringAsync(cancellationToken)
            ?? throw new InvalidOperationException($"'{name}' has no connection string.");
    }

    private async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken)
    {
        _appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Connect_AppHost>(
            [
                "--UseVolumes=false",

                // Prometheus scrapes all the time; only tests that query it depend on it.
                "--Observability=true",
                $"--Parameters:admin-email={AdminEmail}",
                $"--Parameters:admin-password={AdminPassword}",
            ],
            cancellationToken);

        // There is no dashboard, so telemetry would be sent once a second to a port that is closed.
        foreach (var service in _appHost.Resources.OfType<ProjectResource>())
        {
            service.Annotations.Add(new EnvironmentCallbackAnnotation(static context => context.EnvironmentVariables["OTEL_EXPORTER_OTLP_ENDPOINT"] = ""));
        }

        _appHost.Services.AddSingleton(static _ => new ThrowAwayFolder(FastFolder.Path));

        // The resources' output would be most of the tests' output.
        _appHost.Services.AddLogging(static logging => logging.ClearProviders());
        var application = await _appHost.BuildAsync(cancellationToken);

        // Completes when all services have started; tests of the stores alone do not wait for it.
        _isReady = AwaitReadyAsync(application, application.StartAsync(CancellationToken.None));
        return application;
    }

    private static async Task AwaitReadyAsync(DistributedApplication application, Task started)
    {
        // Not the first caller's token: others wait for the same.
        using var timeout = new CancellationTokenSource(StartTimeout);
        await started.WaitAsync(timeout.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("api", timeout.Token);
        await AwaitFirstScrapeAsync(new ApiClient(application.GetEndpoint("api")), timeout.Token);
    }

    // The first scrape fills the empty database. Its evictions must end before the tests begin.
    private static async Task AwaitFirstScrapeAsync(ApiClient client, CancellationToken cancellationToken)
    {
        await client.SignInAsAdministratorAsync();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var runs = (await client.SendAsync(HttpMethod.Get, "/api/admin/scrapes")).Body!["items"]!.AsArray();
            if (runs.Count > 0 && runs.All(run => run!["completedAt"] is not null))
            {
                return;
            }

            await pace.WaitForNextTickAsync(cancellationToken);
        }
    }
}
