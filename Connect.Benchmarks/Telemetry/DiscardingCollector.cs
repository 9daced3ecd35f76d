using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connect.Benchmarks.Telemetry;

/// <summary>A collector that takes everything and keeps nothing: what sending costs, without what keeping would.</summary>
internal sealed class DiscardingCollector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private long _received;

    private DiscardingCollector(WebApplication application) => _application = application;

    /// <summary>Where to send.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Messages that came.</summary>
    public long Received => Volatile.Read(ref _received);

    public static async Task<DiscardingCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        var collector = new DiscardingCollector(builder.Build());
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
