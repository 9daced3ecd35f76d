using Connect.Data.Mails;
using Connect.Data.Model;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Connect.ScraperWorker.Mails;

/// <summary>A connection to the mail server, for several mails one after the other.</summary>
internal sealed class MailConnection : IAsyncDisposable
{
    // Servers end connections that send more; a new one is cheap.
    private const int MaxMails = 50;

    private readonly MailOptions _options;
    private readonly SmtpClient _client = new();
    private bool _takesUtf8;
    private int _sent;

    private MailConnection(MailOptions options) => _options = options;

    /// <summary>Whether another mail can be sent through it.</summary>
    public bool IsUsable => _client.IsConnected && _sent < MaxMails;

    /// <summary>Connects, and signs in if a name is configured.</summary>
    public static async Task<MailConnection> OpenAsync(
        IOptions<MailOptions> options, IOptions<MailSendingOptions> sending, CancellationToken cancellationToken)
    {
        var connection = new MailConnection(options.Value);
        try
        {
            await connection.ConnectAsync(sending.Value, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a mail; null once the server has confirmed that it has it.</summary>
    public async Task<MailFailure?> TrySendAsync(Mail mail, CancellationToken cancellationToken)
    {
        if (MailComposer.Compose(mail, _options) is not { } message)
        {
            return new(MailFailure.Address);
        }

        // A domain can always be written in ASCII, and then any server on the way takes it; the part before the @ cannot. MailKit writes
        // domains in UTF-8 to every server that takes them, so this ability of a server is hidden from it where ASCII is enough.
        var isInternational = !MailAddresses.WithAsciiDomain(mail.Recipient!).All(char.IsAscii);
        if (isInternational && !_takesUtf8)
        {
            return new(MailFailure.Address);
        }

        _client.Capabilities = isInternational ? _client.Capabilities | SmtpCapabilities.UTF8 : _client.Capabilities & ~SmtpCapabilities.UTF8;
        var format = FormatOptions.Default.Clone();
        format.International = isInternational;
        var transfer = new Transfer();
        try
        {
            _sent++;
            await _client.SendAsync(format, message, cancellationToken, transfer);
            return null;
        }
        catch (Exception exception)
        {
            // After a refusal MailKit resets the connection; after anything else its state is unknown.
            if (exception is not SmtpCommandException)
            {
                _client.Dispose();
            }

            return MailFailure.Of(exception, transfer.HasBegun);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            if (_client.IsConnected)
            {
                await _client.DisconnectAsync(quit: true, timeout.Token);
            }
        }
        catch (Exception)
        {
            // Whatever a server does on QUIT: all mails are confirmed by then.
        }

        _client.Dispose();
    }

    private async Task ConnectAsync(MailSendingOptions sending, CancellationToken cancellationToken)
    {
        // Asking an authority about the certificate needs a way to it that servers often lack, and HttpClient does not do it either.
        _client.CheckCertificateRevocation = false;
        _client.ServerCertificateValidationCallback = sending.CertificateValidation;
        _client.Timeout = _options.TimeoutSeconds * 1_000;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        var security = _options.Security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.StartTls,
        };
        await _client.ConnectAsync(_options.Host!, _options.Port, security, timeout.Token);
        if (!string.IsNullOrEmpty(_options.User))
        {
            await _client.AuthenticateAsync(_options.User, _options.Password!, timeout.Token);
        }

        _takesUtf8 = _client.Capabilities.HasFlag(SmtpCapabilities.UTF8);
    }

    /// <summary>Notices when the text is on its way: from then on the server may have it.</summary>
    private sealed class Transfer : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}
