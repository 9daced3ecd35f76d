using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Connect.Testing.Faults;
using Connect.Testing.Processes;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Connect.Tests.Functional.Mails;

/// <summary>A mail as the server has it.</summary>
/// <param name="Recipient">The envelope's recipient.</param>
/// <param name="Message">Headers and body.</param>
internal sealed record ReceivedMail(string Recipient, MimeMessage Message);

/// <summary>What a server of tests is like.</summary>
internal sealed record MailServerOptions
{
    public X509Certificate2? Certificate { get; init; }

    /// <summary>TLS from the first byte, instead of after the greeting.</summary>
    public bool IsTlsFromStart { get; init; }

    /// <summary>The only name and password that it accepts; null for a server that asks for none.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>Whether it takes letters beyond ASCII in addresses.</summary>
    public bool TakesInternationalAddresses { get; init; } = true;

    /// <summary>Its answer to a recipient; null to take it.</summary>
    public Func<string, SmtpResponse?> AtRecipient { get; init; } = static _ => null;

    /// <summary>Its answer to a mail's text; null to take it.</summary>
    public Func<ReceivedMail, CancellationToken, Task<SmtpResponse?>> AtText { get; init; } = static (_, _) => Task.FromResult<SmtpResponse?>(null);
}

/// <summary>A mail server in this process, behind a gate that can be closed.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly MailServerOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    private MailServer(MailServerOptions options, TcpGate gate) => (_options, Gate) = (options, gate);

    /// <summary>Between the server and its clients.</summary>
    public TcpGate Gate { get; }

    public int Port => Gate.Port;

    /// <summary>Texts that reached the server, taken or not, in their order.</summary>
    public ConcurrentQueue<ReceivedMail> Received { get; } = new();

    /// <summary>Mails that it took; whether the client heard of it is another matter.</summary>
    public ConcurrentQueue<ReceivedMail> Taken { get; } = new();

    public int Sessions { get; private set; }

    /// <summary>When the first session began; null before it.</summary>
    public DateTimeOffset? FirstSessionAt { get; private set; }

    public static MailServer Start(MailServerOptions? options = null)
    {
        var port = PortAllocator.Next();
        var server = new MailServer(options ?? new MailServerOptions(), TcpGate.To(port));
        server.Run(port);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Run(int port)
    {
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .MaxAuthenticationAttempts(1)
            .Endpoint(endpoint =>
            {
                endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).IsSecure(_options.IsTlsFromStart)
                    .AuthenticationRequired(_options.Account is not null);
                if (_options.Certificate is { } certificate)
                {
                    endpoint.Certificate(certificate);
                }
            })
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMailboxFilter)new Filter(_options));
        services.Add((IMessageStore)new Store(this));
        services.Add((IUserAuthenticator)new DelegatingUserAuthenticator((user, password) => (user, password) == _options.Account));
        services.Add((ISmtpCommandFactory)new Commands(_options));
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) =>
        {
            FirstSessionAt ??= TimeProvider.System.GetUtcNow();
            Sessions++;
        };
        _running = server.StartAsync(_stopping.Token);
    }

    private sealed class Filter(MailServerOptions options) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            options.AtRecipient(to.AsAddress()) is { } refusal ? throw new SmtpResponseException(refusal) : Task.FromResult(true);
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var text = new MemoryStream(buffer.ToArray());
            var mail = new ReceivedMail(transaction.To.Single().AsAddress(), await MimeMessage.LoadAsync(text, cancellationToken));
            server.Received.Enqueue(mail);
            if (await server._options.AtText(mail, cancellationToken) is { } answer)
            {
                return answer;
            }

            server.Taken.Enqueue(mail);
            return SmtpResponse.Ok;
        }
    }

    private sealed class Commands(MailServerOptions options) : SmtpCommandFactory
    {
        public override SmtpCommand CreateEhlo(string domainOrAddress) =>
            options.TakesInternationalAddresses ? base.CreateEhlo(domainOrAddress) : new AsciiEhlo(domainOrAddress);
    }

    private sealed class AsciiEhlo(string domainOrAddress) : EhloCommand(domainOrAddress)
    {
        protected override IEnumerable<string> GetExtensions(ISessionContext context) =>
            base.GetExtensions(context).Where(extension => extension != "SMTPUTF8");
    }
}
