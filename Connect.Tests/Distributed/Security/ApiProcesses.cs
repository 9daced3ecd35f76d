using Connect.Api;
using Connect.Core.Data;
using Connect.Tests.Functional;

namespace Connect.Tests.Distributed.Security;

/// <summary>Processes of the API with settings of the test's own.</summary>
/// <param name="connectionString">Their database, migrated.</param>
/// <param name="redis">Their Redis.</param>
internal sealed class ApiProcesses(string connectionString, string redis) : IAsyncDisposable
{
    private readonly List<ServiceProcess> _running = [];
    private TestDatabase? _database;

    public string ConnectionString => connectionString;

    public IReadOnlyList<ServiceProcess> Running => _running;

    /// <summary>None yet, on a new database that goes with them, and the running application's Redis.</summary>
    public static async Task<ApiProcesses> CreateAsync(RunningApplication application)
    {
        var redis = await application.GetRedisAsync();
        var database = await TestDatabase.CreateAsync(application);
        return new ApiProcesses(database.ConnectionString, redis!) { _database = database };
    }

    /// <summary>A context of the test's own, for arranging and looking.</summary>
    public ConnectDbContext CreateContext() => TestDatabase.CreateContext(connectionString);

    /// <summary>Starts one and waits until it is healthy.</summary>
    public async Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var process = await ServiceProcess.StartAsync(
            typeof(ApiMarker),
            [
                ("ConnectionStrings__connectdb", connectionString),
                ("ConnectionStrings__cache", redis),
                ("Admin__Email", RunningApplication.AdminEmail),
                ("Admin__Password", RunningApplication.AdminPassword),
                .. settings,
            ]);
        _running.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
        {
            await process.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
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
