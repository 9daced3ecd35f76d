using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Unit.Sources.Http;

/// <summary>A board with old TLS, served by this process.</summary>
public sealed class TlsTests : IAsyncDisposable
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Type: text/html\r\nConnection: close\r\n\r\nabc";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private Task _serving = Task.CompletedTask;
    private X509Certificate2? _certificate;

    [Fact]
    public async Task Old_cipher_is_accepted_only_when_the_board_is_configured_so()
    {
        SkipUnlessCiphersCanBeChosen();
        var address = Serve([TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA]);

        Assert.Equal("abc", await GetAsync(address, BoardTls.Legacy, trusted: true));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(address, BoardTls.Default, trusted: true));

        Assert.Equal(HttpRequestError.SecureConnectionError, failure.HttpRequestError);
    }

    [Fact]
    public async Task Connection_without_encryption_is_never_accepted()
    {
        SkipUnlessCiphersCanBeChosen();
        var address = Serve([TlsCipherSuite.TLS_RSA_WITH_NULL_SHA, TlsCipherSuite.TLS_RSA_WITH_NULL_SHA256]);

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(address, BoardTls.Legacy, trusted: true));
    }

    [Fact]
    public async Task Certificate_is_checked_however_old_the_ciphers_are()
    {
        var address = Serve();

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(address, BoardTls.Legacy, trusted: false));
    }

    [Fact]
    public async Task Modern_site_is_read_when_old_ciphers_are_allowed() =>
        Assert.Equal("abc", await GetAsync(Serve(), BoardTls.Legacy, trusted: true));

    [Fact]
    public async Task Failure_names_the_host_and_the_certificate_when_it_is_refused()
    {
        using var board = Board(Serve());

        var failure = await board.FailAsync();

        Assert.Equal(BoardFailure.Unreachable, failure.Kind);
        Assert.StartsWith("/robots.txt could not be fetched: the TLS handshake with localhost failed: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Tls=Legacy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_names_the_setting_when_there_is_no_common_cipher()
    {
        SkipUnlessCiphersCanBeChosen();
        using var board = Board(Serve([TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA]));

        var failure = await board.FailAsync();

        Assert.Contains("the TLS handshake with localhost failed: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("; if the site has only old ciphers, set Tls=Legacy", failure.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _listener.Dispose();
        _stop.Dispose();
        _certificate?.Dispose();
    }

    private static void SkipUnlessCiphersCanBeChosen() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Ciphers are chosen on Linux only.");

    private static BoardPipeline Board(Uri address) => new(
        null, agency: Agency.NTIS, settings: [("BaseAddress", address.AbsoluteUri), ("AllowPrivateAddresses", "true"), ("Retries", "1")]);

    private async Task<string> GetAsync(Uri address, BoardTls tls, bool trusted)
    {
        var options = new BoardOptions { BaseAddress = address, ListPath = "/", Tls = tls, AllowPrivateAddresses = true };
        using var connection = BoardConnection.Create(options, new());
        if (trusted)
        {
            connection.SslOptions.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _certificate! },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        using var client = new HttpClient(connection);
        return await client.GetStringAsync(address, TestContext.Current.CancellationToken);
    }

    private Uri Serve(TlsCipherSuite[]? suites = null)
    {
        // The old server has an old key, too.
        _certificate = Certificates.Create("localhost", suites is null ? 2048 : 1024);
        _listener.Start();
        _serving = ServeAsync(suites, _stop.Token);
        return new($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    private async Task ServeAsync(TlsCipherSuite[]? suites, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(Options(suites), cancellationToken);
                await stream.ReadAtLeastAsync(new byte[16], 16, throwOnEndOfStream: false, cancellationToken);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer), cancellationToken);
            }
            catch (Exception exception) when (exception is AuthenticationException or IOException)
            {
                // The client refused; the next one may not.
            }
        }
    }

    private SslServerAuthenticationOptions Options(TlsCipherSuite[]? suites)
    {
        var options = new SslServerAuthenticationOptions { ServerCertificate = _certificate };
        if (suites is not null && OperatingSystem.IsLinux())
        {
            options.EnabledSslProtocols = SslProtocols.Tls12;
            options.CipherSuitesPolicy = new(suites);

            // Level 0 of OpenSSL, which a key of 1,024 bits needs.
#pragma warning disable SYSLIB0040
            options.EncryptionPolicy = EncryptionPolicy.AllowNoEncryption;
#pragma warning restore SYSLIB0040
        }

        return options;
    }
}
