using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.LocalAspire.Servers;

/// <summary>Healthy while the server lets us in and answers PING. Speaks the protocol itself: a client would be a connection kept open.</summary>
internal sealed class RedisHealthCheck(RedisResource redis) : IHealthCheck
{
    private const string Expected = "+OK\r\n+PONG\r\n";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var port = await redis.Endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(TimeSpan.FromSeconds(3));
            using var client = new TcpClient(AddressFamily.InterNetwork);
            await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token).ConfigureAwait(false);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Command("AUTH", redis.Password) + Command("PING")), timeout.Token).ConfigureAwait(false);
            var answer = new byte[Expected.Length];
            await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, timeout.Token).ConfigureAwait(false);
            var text = Encoding.ASCII.GetString(answer);
            return text == Expected ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"Answered {text.TrimEnd('\0', '\r', '\n')}.");
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Does not answer.", exception);
        }
    }

    private static string Command(params string[] parts) =>
        $"*{parts.Length}\r\n" + string.Concat(parts.Select(part => $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n"));
}
