using Aspire.Hosting.Testing;
using Connect.Api;
using Connect.Tests.Functional;

namespace Connect.Tests.Distributed.Security;

/// <summary>Processes of the API with settings of the test's own, on a database of its own.</summary>
internal sealed class ApiProcesses : IAsyncDisposable
{
    private readonly string _redis;
    private readonly List<ServiceProcess> _running = [];

    private ApiProcesses(TestDatabase database, string redis) => (Database, _redis) = (database, redis);

    public TestDatabase Database { get; }

    public static async Task<ApiProcesses> CreateAsync(RunningApplication application)
    {
        var running = await application.GetAsync();
        var redis = await running.GetConnectionStringAsync("cache", TestContext.Current.CancellationToken);
        return new ApiProcesses(await TestDatabase.CreateAsync(application), redis!);
    }

    /// <summary>Starts one and waits until it is healthy.</summary>
    public async Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var process = await ServiceProcess.StartAsync(
            typeof(ApiMarker),
            [
                ("ConnectionStrings__connectdb", Database.ConnectionString),
                ("ConnectionStrings__cache", _redis),
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

        await Database.DisposeAsync();
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
