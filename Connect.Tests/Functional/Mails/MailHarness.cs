using System.Diagnostics.Metrics;
using Connect.Data.Diagnostics;
using Connect.Data.Mails;
using Connect.Data.Mails.Templates;
using Connect.Data.Model;
using Connect.Domain.Matching.Explanations;
using Connect.ScraperWorker.Mails;
using Connect.ScraperWorker.Startup;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connect.Tests.Functional.Mails;

/// <summary>An outbox on a database of the test's own, and workers that send it.</summary>
internal sealed class MailHarness : IAsyncDisposable
{
    public const string From = "connect@example.kr";

    private readonly List<SendingWorker> _workers = [];

    private MailHarness(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static async Task<MailHarness> CreateAsync(RunningApplication application) => new(await TestDatabase.CreateAsync(application));

    /// <summary>Settings of a worker or an API that is impatient.</summary>
    public static Dictionary<string, string?> Settings(int port) => new()
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = $"{port}",
        ["Mail:Security"] = "None",
        ["Mail:From"] = From,
        ["Mail:PublicAddress"] = "https://connect.example.kr",
        ["Mail:TimeoutSeconds"] = "20",
        ["Mail:PollInterval"] = "00:00:00.050",
        ["Mail:FirstRetryDelay"] = "00:00:00.050",
        ["Mail:MaxRetryDelay"] = "00:00:00.200",
        ["Mail:MaxPerMinute"] = "60000",
    };

    /// <summary>An outbox with a mail server.</summary>
    public static MailOutbox Outbox(TimeProvider? time = null, string host = "127.0.0.1") =>
        new(new MailAvailability(Microsoft.Extensions.Options.Options.Create(new MailOptions
        {
            Host = host,
            From = From,
            PublicAddress = new Uri("https://connect.example.kr"),
        })), time ?? TimeProvider.System);

    /// <summary>A mail of one of the templates.</summary>
    public static MailMessage Message(
        string key, string recipient = "kim@example.com", ExplanationLanguage language = ExplanationLanguage.Ko, MailContent? content = null) =>
        new(key, recipient, language, content ?? new AddressConfirmationMail(new Uri($"https://connect.example.kr/{key}")), TimeProvider.System.GetUtcNow().AddHours(1));

    /// <summary>Writes mails, each in a transaction of its own.</summary>
    public async Task AddAsync(params MailMessage[] messages)
    {
        await using var context = Database.CreateContext();
        foreach (var message in messages)
        {
            Assert.True(await Outbox().AddAsync(context, message, CancellationToken));
        }
    }

    /// <summary>A worker that sends, if it is started.</summary>
    public SendingWorker CreateWorker(MailServer server, Dictionary<string, string?>? settings = null, Action<MailSendingOptions>? configure = null)
    {
        var worker = new SendingWorker(Database.ConnectionString, server.Port, settings ?? [], configure);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>A worker that sends.</summary>
    public async Task<SendingWorker> StartWorkerAsync(
        MailServer server, Dictionary<string, string?>? settings = null, Action<MailSendingOptions>? configure = null)
    {
        var worker = CreateWorker(server, settings, configure);
        await worker.Sender.StartAsync(CancellationToken);
        return worker;
    }

    public async Task<Mail> FindAsync(string key)
    {
        await using var context = Database.CreateContext();
        return await context.Mails.AsNoTracking().SingleAsync(mail => mail.Key == key, CancellationToken);
    }

    public async Task<List<Mail>> ReadAsync()
    {
        await using var context = Database.CreateContext();
        return await context.Mails.AsNoTracking().OrderBy(mail => mail.Key).ToListAsync(CancellationToken);
    }

    public Task EventuallyAsync(string key, Func<Mail, bool> condition) =>
        TestInstance.EventuallyAsync(async () => condition(await FindAsync(key)));

    public Task AllAreAsync(MailStatus status) =>
        TestInstance.EventuallyAsync(async () => (await ReadAsync()).All(mail => mail.Status == status));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await Database.DisposeAsync();
    }
}

/// <summary>What sends in a worker, without the rest of it.</summary>
internal sealed class SendingWorker : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SendingWorker(string database, int port, Dictionary<string, string?> settings, Action<MailSendingOptions>? configure)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(MailHarness.Settings(port)).AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging())
            .AddMetrics()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(TimeProvider.System);
        services.AddDbContextPool<ConnectDbContext>(options =>
        {
            options.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure());
            options.UseSnakeCaseNamingConvention();
        });
        services.AddMailOutbox();
        services.AddMailSending();
        services.AddSingleton<DatabaseReady>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        _services = services.BuildServiceProvider(validateScopes: true);
        _services.GetRequiredService<DatabaseReady>().Set();
        Sender = ActivatorUtilities.CreateInstance<MailSender>(_services);
        Failures = new(_services.GetRequiredService<IMeterFactory>(), ConnectTelemetry.MailMeter, ConnectTelemetry.Mail.Failures);
        Sent = new(_services.GetRequiredService<IMeterFactory>(), ConnectTelemetry.MailMeter, ConnectTelemetry.Mail.Sent);
        Waiting = new(_services.GetRequiredService<IMeterFactory>(), ConnectTelemetry.MailMeter, ConnectTelemetry.Mail.Waiting);
        _ = _services.GetRequiredService<MailMetrics>();
    }

    public MailSender Sender { get; }

    public MailStore Store => _services.GetRequiredService<MailStore>();

    public MetricCollector<long> Failures { get; }

    public MetricCollector<long> Sent { get; }

    public MetricCollector<long> Waiting { get; }

    public IReadOnlyList<FakeLogRecord> Logged => _services.GetFakeLogCollector().GetSnapshot();

    /// <summary>How often sending failed so far, by kind; kinds that did not occur are left out.</summary>
    public Dictionary<string, long> FailuresByKind()
    {
        Failures.RecordObservableInstruments();
        return Failures.GetMeasurementSnapshot()
            .GroupBy(measurement => (string)measurement.Tags["kind"]!, measurement => measurement.Value)
            .Select(group => (group.Key, Value: group.Last())).Where(kind => kind.Value > 0).ToDictionary(kind => kind.Key, kind => kind.Value);
    }

    public static long Read(MetricCollector<long> collector)
    {
        collector.RecordObservableInstruments();
        return collector.LastMeasurement!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await ((IHostedService)Sender).StopAsync(CancellationToken.None);
        Sender.Dispose();
        await _services.DisposeAsync();
    }
}
