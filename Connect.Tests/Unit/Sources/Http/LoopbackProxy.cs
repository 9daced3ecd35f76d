using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Connect.Tests.Unit.Sources.Http;

/// <summary>An HTTP proxy on this machine that answers in the place of every host.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly string? _credentials;
    private readonly string _location;
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    /// <param name="credentials">User and password that it asks for, joined by a colon; null for none.</param>
    /// <param name="location">Where it redirects the path <c>/moved</c> to.</param>
    /// <param name="certificate">Of the site behind its tunnels.</param>
    public LoopbackProxy(string? credentials = null, string location = "", X509Certificate2? certificate = null)
    {
        _credentials = credentials is null ? null : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";
        (_location, _certificate) = (location, certificate);
        _listener.Start();
        _serving = ServeAsync(_stop.Token);
    }

    public string Address => $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The first lines of the requests, without those that lacked credentials.</summary>
    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            try
            {
                await AnswerAsync(client.GetStream(), cancellationToken);
            }
            catch (Exception exception) when (exception is AuthenticationException or IOException)
            {
                // The client refused the certificate.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(stream, cancellationToken);
        if (_credentials is not null && !head.Contains(_credentials, StringComparison.Ordinal))
        {
            await WriteAsync(stream, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"proxy\"\r\n", "", cancellationToken);
            return;
        }

        var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
        Requests.Add(line);
        if (line.StartsWith("CONNECT ", StringComparison.Ordinal))
        {
            await stream.WriteAsync("HTTP/1.1 200 Connected\r\n\r\n"u8.ToArray(), cancellationToken);
            await using var tunnel = new SslStream(stream);
            await tunnel.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, cancellationToken);
            return;
        }

        await (line.Contains("/moved", StringComparison.Ordinal)
            ? WriteAsync(stream, "302 Found", $"Location: {_location}\r\n", "", cancellationToken)
            : WriteAsync(stream, "200 OK", "Content-Type: text/plain\r\n", line.Contains("robots.txt", StringComparison.Ordinal) ? "" : "abc", cancellationToken));
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            head.Append(read > 0 ? Encoding.ASCII.GetString(buffer, 0, read) : throw new IOException("The request is not complete."));
        }

        return head.ToString();
    }

    private static async Task WriteAsync(NetworkStream stream, string status, string headers, string body, CancellationToken cancellationToken) =>
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), cancellationToken);
}
