using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Connect.Testing.Servers;

/// <summary>HTTP servers that tests and benchmarks write themselves: on the loopback address, on a free port, without logs.</summary>
internal static class LoopbackServer
{
    /// <summary>A server without routes, to be started by the caller. Its address is in <see cref="WebApplication.Urls"/> once it runs.</summary>
    public static WebApplication Create(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add(address);
        return server;
    }

    /// <summary>Stops the server and frees its port.</summary>
    public static async Task EndAsync(this WebApplication server)
    {
        await server.StopAsync(CancellationToken.None);
        await server.DisposeAsync();
    }
}
