using Connect.Api;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Serving;

/// <summary>A process of the API exactly as it is deployed.</summary>
internal sealed class ApiProcess(CheckerProcesses processes, string name, IReadOnlyDictionary<string, string?> settings)
    : ServerProcess(processes, name, settings)
{
    /// <summary>Starts it and waits until it is healthy.</summary>
    public Task StartAsync() => StartAsync(typeof(ApiMarker).Assembly.Location, Listen, CancellationToken.None);

    /// <summary>Starts it and waits for nothing.</summary>
    public void Launch() => Launch(typeof(ApiMarker).Assembly.Location, Listen);

    private static IReadOnlyList<string> Listen(string port) => ["--urls", $"http://127.0.0.1:{port}"];
}
