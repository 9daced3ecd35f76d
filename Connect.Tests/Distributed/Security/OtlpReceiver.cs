using System.Collections.Concurrent;
using System.Text;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Distributed.Security;

/// <summary>A collector on this machine that keeps all received messages unchanged.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Signal, byte[] Content)> _received = new();

    private OtlpReceiver(WebApplication application) => _application = application;

    /// <summary>Settings with which a service exports everything here, soon and without loss.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _application.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "200000"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
        ("OTEL_BLRP_MAX_QUEUE_SIZE", "200000"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var application = LoopbackServer.Create();
        var receiver = new OtlpReceiver(application);
        application.MapPost("/v1/{signal}", receiver.ReceiveAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Everything of a signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>. Text in Protobuf is UTF-8.</summary>
    public string TextOf(string signal) => string.Concat(
        _received.Where(received => received.Signal == signal).Select(received => Encoding.UTF8.GetString(received.Content)));

    /// <summary>The same, message by message.</summary>
    public IEnumerable<byte[]> ContentsOf(string signal) =>
        _received.Where(received => received.Signal == signal).Select(received => received.Content);

    public async ValueTask DisposeAsync() => await _application.EndAsync();

    private async Task ReceiveAsync(HttpContext context, string signal)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        _received.Enqueue((signal, content.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
