using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Connect.Api.Edge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.Tests.Unit.Api;

/// <summary>Bodies over the limit, on a real server, because the server decides how a body is cut off.</summary>
public sealed class BodyLimitTests
{
    private const string BeginOfBody = """{"name":"a""";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Content-Length: 900\r\n\r\n" + BeginOfBody)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nff\r\n" + BeginOfBody)]
    public async Task Connection_ends_in_order_when_its_client_goes_away_amid_a_body(string framing)
    {
        var (waiting, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = Build(waiting, ended);
        await app.StartAsync(CancellationToken);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPEndPoint.Parse(app.Urls.Single()["http://".Length..]), CancellationToken);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framing}"), CancellationToken);
            await waiting.Task.WaitAsync(CancellationToken);
        }

        await ended.Task.WaitAsync(CancellationToken);

        Assert.DoesNotContain(app.Services.GetFakeLogCollector().GetSnapshot(), record => record.Exception is InvalidOperationException);
    }

    private static WebApplication Build(TaskCompletionSource waiting, TaskCompletionSource ended)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddOptions<EdgeOptions>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => async connection =>
        {
            connection.Transport = new WatchedPipe(connection.Transport, waiting);
            await next(connection);
            ended.SetResult();
        })));
        var app = builder.Build();
        app.UseBodyLimit();
        app.MapPost("/", (Thing thing) => thing.Name);
        return app;
    }

    private sealed record Thing(string Name);

    /// <summary>Completes when the server has read the start of the body and waits for more.</summary>
    private sealed class WatchedPipe(IDuplexPipe pipe, TaskCompletionSource waiting) : PipeReader, IDuplexPipe
    {
        private bool _hasBegun;

        public PipeReader Input => this;

        public PipeWriter Output => pipe.Output;

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var pending = pipe.Input.ReadAsync(cancellationToken);
            if (_hasBegun && !pending.IsCompleted)
            {
                waiting.TrySetResult();
            }

            return Look(await pending);
        }

        public override bool TryRead(out ReadResult result) => pipe.Input.TryRead(out result) && Look(result) is var _;

        public override void AdvanceTo(SequencePosition consumed) => pipe.Input.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => pipe.Input.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => pipe.Input.CancelPendingRead();

        public override void Complete(Exception? exception = null) => pipe.Input.Complete(exception);

        private ReadResult Look(ReadResult result)
        {
            _hasBegun |= Encoding.ASCII.GetString(result.Buffer).EndsWith(BeginOfBody, StringComparison.Ordinal);
            return result;
        }
    }
}
