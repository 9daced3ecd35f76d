using Connect.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Benchmarks.Telemetry;

/// <summary>
/// A collector that accepts everything and keeps nothing, so that only the cost of sending is measured.
/// </summary>
internal sealed class DiscardingCollector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private long _received;

    private DiscardingCollector(WebApplication application) => _application = application;

    /// <summary>Where to send.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Received messages.</summary>
    public long Received => Volatile.Read(ref _received);

    public static async Task<DiscardingCollector> StartAsync()
    {
        var collector = new DiscardingCollector(LoopbackServer.Create());
        collector._application.MapPost("/v1/{signal}", collector.TakeAsync);
        await collector._application.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        Interlocked.Increment(ref _received);
        context.Response.ContentType = "application/x-protobuf";
    }
}
