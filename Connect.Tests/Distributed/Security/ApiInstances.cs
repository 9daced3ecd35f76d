using Connect.Api;
using Connect.Data.Model;
using Connect.Tests.Functional;

namespace Connect.Tests.Distributed.Security;

/// <summary>Instances of the API with settings of the test's own, in processes of their own or hosted in this one.</summary>
/// <param name="connectionString">Their database, migrated.</param>
/// <param name="redis">Their Redis.</param>
internal sealed class ApiInstances(string connectionString, string redis) : IAsyncDisposable
{
    private readonly List<ServiceProcess> _processes = [];
    private readonly List<ApiHost> _hosts = [];
    private TestDatabase? _database;

    public string ConnectionString => connectionString;

    /// <summary>Those in processes of their own.</summary>
    public IReadOnlyList<ServiceProcess> Processes => _processes;

    /// <summary>None yet, on a new database that goes with them, and the running application's Redis.</summary>
    public static async Task<ApiInstances> CreateAsync(RunningApplication application)
    {
        var redis = await application.GetRedisAsync();
        var database = await TestDatabase.CreateAsync(application);
        return new ApiInstances(database.ConnectionString, redis!) { _database = database };
    }

    /// <summary>A context of the test's own, for arranging and looking.</summary>
    public ConnectDbContext CreateContext() => TestDatabase.CreateContext(connectionString);

    /// <summary>Hosts one in this process, a matter of a fraction of a second: for all that needs no process of its own.</summary>
    /// <exception cref="Exception">It does not start; the message has the reason.</exception>
    public async Task<ApiHost> HostAsync(params (string Name, string Value)[] settings)
    {
        var host = new ApiHost([.. Own(), .. settings]);
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>
    /// Starts a process and waits until it is healthy: for tests that kill it, limit it, or examine its output, memory
    /// or telemetry.
    /// </summary>
    public async Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var process = await ServiceProcess.StartAsync(typeof(ApiMarker), [.. Own(), .. settings]);
        _processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _hosts.Concat<IAsyncDisposable>(_processes))
        {
            await instance.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private (string Name, string Value)[] Own() =>
    [
        ("ConnectionStrings__connectdb", connectionString),
        ("ConnectionStrings__cache", redis),
        ("Admin__Email", RunningApplication.AdminEmail),
        ("Admin__Password", RunningApplication.AdminPassword),
    ];
}

/// <summary>Requests whose headers matter.</summary>
internal static class RawHttp
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    /// <summary>Sends a request with these headers, as they are.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        Uri address, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The only value of a header; null where there is none.</summary>
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}
