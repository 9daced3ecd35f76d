using System.Globalization;
using Connect.Caching.Generations;
using Connect.Data;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Connect.ScraperWorker;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Publish;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Stage;
using Connect.ScraperWorker.Startup;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>The worker's services on a database of the test's own, with boards that the test writes.</summary>
internal sealed class IngestionHarness : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private IngestionHarness(TestDatabase database, TimeProvider time, IEnumerable<IAnnouncementSource> sources)
    {
        _database = database;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{DataRegistration.ConnectionName}"] = database.ConnectionString,

            // No listener runs here that could hear it.
            ["Cache:OwnNotificationWait"] = "00:00:00",
        }).Build();
        var services = new ServiceCollection().AddLogging(logging => logging.AddFakeLogging()).AddMetrics().AddSingleton<IConfiguration>(configuration).AddSingleton(time);
        services.AddDistributedMemoryCache();
        services.AddDbContextPool<ConnectDbContext>(options =>
        {
            options.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure());
            ConnectDbContext.Configure(options);
        });
        services.AddConnectData();
        services.AddScrapePipeline();
        services.AddSingleton<DatabaseReady>();
        services.ConfigureAll<BoardOptions>(options => options.MaxMissingChecks = 1_000);
        services.AddOptions<QueueOptions>().Configure(options => options.QueuePollInterval = TimeSpan.FromMilliseconds(50));
        foreach (var source in sources)
        {
            services.AddSingleton(source);
        }

        _services = services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>When tests begin whose data has deadlines.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The database, for other instances on it.</summary>
    public string ConnectionString => _database.ConnectionString;

    public RunPublisher Publisher => _services.GetRequiredService<RunPublisher>();

    public ScrapeRunner Runner => _services.GetRequiredService<ScrapeRunner>();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static async Task<IngestionHarness> CreateAsync(RunningApplication application, params IAnnouncementSource[] sources) =>
        new(await TestDatabase.CreateAsync(application), new FakeTimeProvider(Now), sources);

    /// <summary>For services with timers of their own.</summary>
    public static async Task<IngestionHarness> CreateOnSystemTimeAsync(RunningApplication application, params IAnnouncementSource[] sources) =>
        new(await TestDatabase.CreateAsync(application), TimeProvider.System, sources);

    /// <summary>Before any migration.</summary>
    public static async Task<IngestionHarness> CreateEmptyAsync(RunningApplication application, params IAnnouncementSource[] sources) =>
        new(await TestDatabase.CreateEmptyAsync(application), TimeProvider.System, sources);

    /// <summary>Set where the migrations count as applied.</summary>
    public DatabaseReady Ready => _services.GetRequiredService<DatabaseReady>();

    /// <summary>The log so far.</summary>
    public IReadOnlyList<FakeLogRecord> Logged => _services.GetFakeLogCollector().GetSnapshot();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public T Create<T>(params object[] arguments) => ActivatorUtilities.CreateInstance<T>(_services, arguments);

    public ConnectDbContext CreateContext() => _database.CreateContext();

    /// <summary>A connection of its own, as a board's lease has one; not opened.</summary>
    public NpgsqlConnection CreateConnection() =>
        new(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);

    private TimeProvider Time => _services.GetRequiredService<TimeProvider>();

    public void Advance(TimeSpan time) => ((FakeTimeProvider)Time).Advance(time);

    /// <summary>Brings rows in by a run of their own, as if the board listed them and nothing else.</summary>
    public async Task<MergeCounts> IngestAsync(params ScrapedAnnouncement[] announcements) =>
        await IngestAsync([.. announcements.Select(Announcements.Row)]);

    /// <summary>Brings rows of a board in by a run of their own.</summary>
    public async Task<MergeCounts> IngestAsync(RowResult[] rows, Agency agency = Agency.NTIS)
    {
        var board = rows.FirstOrDefault(row => row.Announcement is not null)?.Announcement!.Agency ?? agency;
        var lease = await AddLeaseAsync(board);
        var progress = new ScrapeProgress();
        await StageAsync(lease, progress, rows);
        return await Publisher.PublishAsync(lease, progress, CancellationToken);
    }

    /// <summary>Stages rows as a crawl does.</summary>
    public async Task StageAsync(RunLease lease, ScrapeProgress progress, params RowResult[] rows)
    {
        var source = new FakeSource(lease.Agency);
        source.Rows.AddRange(rows);
        await new StagedCrawl(source, _services.GetRequiredService<StagedRows>(), lease, progress, Time)
            .CrawlAsync(_ => { }, CancellationToken);
    }

    /// <summary>Carries out a run of the board.</summary>
    public async Task<ScrapeRun> RunAsync(Agency agency = Agency.NTIS)
    {
        var lease = await AddLeaseAsync(agency);
        await RunAsync(lease, CancellationToken);
        return await FindRunAsync(lease.RunId);
    }

    public Task RunAsync(RunLease lease, CancellationToken cancellationToken) =>
        Runner.RunAsync(lease, new ScrapeProgress(), cancellationToken);

    /// <summary>A run that a worker has just begun.</summary>
    public async Task<RunLease> AddLeaseAsync(Agency agency = Agency.NTIS) =>
        new((await AddRunAsync(agency)).Id, agency, 1);

    public async Task<ScrapeRun> AddRunAsync(Agency agency = Agency.NTIS, ScrapeStatus status = ScrapeStatus.Running, int minute = 0)
    {
        var requestedAt = Now.AddMinutes(minute);
        var run = new ScrapeRun
        {
            Agency = agency,
            Trigger = ScrapeTrigger.Administrator,
            Status = status,
            Attempts = status == ScrapeStatus.Running ? 1 : 0,
            RequestedAt = requestedAt,
            StartedAt = status == ScrapeStatus.Queued ? null : requestedAt,
        };
        await using var context = CreateContext();
        context.ScrapeRuns.Add(run);
        await context.SaveChangesAsync(CancellationToken);
        return run;
    }

    /// <summary>Ends a run as if it had been carried out.</summary>
    public async Task EndAsync(Guid id)
    {
        await using var context = CreateContext();
        await context.ScrapeRuns.Where(run => run.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.Status, ScrapeStatus.Succeeded), CancellationToken);
    }

    /// <summary>Queues runs as an administrator does.</summary>
    public async Task<IReadOnlyList<Guid>> EnqueueAsync(params Agency[] agencies)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ScrapeQueue>()
            .EnqueueAsync(agencies, ScrapeTrigger.Administrator, CancellationToken);
    }

    /// <summary>Adds a run that waits, as a version that did not join runs has left it.</summary>
    public async Task<Guid> AddWaitingAsync(Agency agency)
    {
        await using var context = CreateContext();
        var run = new ScrapeRun
        {
            Agency = agency,
            Trigger = ScrapeTrigger.Administrator,
            Status = ScrapeStatus.Queued,
            RequestedAt = TimeProvider.System.GetUtcNow(),
        };
        context.ScrapeRuns.Add(run);
        await context.SaveChangesAsync(CancellationToken);
        return run.Id;
    }

    /// <summary>Asks until a run has ended. There is nothing to wait for: the queue is a table.</summary>
    public async Task<ScrapeRun> AwaitEndAsync(Guid id)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < EndTimeout)
        {
            if (await FindRunAsync(id) is { CompletedAt: not null } run)
            {
                return run;
            }
        }

        throw new TimeoutException("The run did not end.");
    }

    /// <summary>All runs, in the order of asking.</summary>
    public async Task<List<ScrapeRun>> RunsAsync()
    {
        await using var context = CreateContext();
        return await context.ScrapeRuns.OrderBy(run => run.RequestedAt).ThenBy(run => run.Id).ToListAsync(CancellationToken);
    }

    public async Task<ScrapeRun> FindRunAsync(Guid id)
    {
        await using var context = CreateContext();
        return await context.ScrapeRuns.SingleAsync(run => run.Id == id, CancellationToken);
    }

    public async Task<List<FundingProgram>> ProgramsAsync()
    {
        await using var context = CreateContext();
        return await context.Programs.OrderBy(program => program.Title).ToListAsync(CancellationToken);
    }

    public async Task<List<ProgramPosting>> PostingsAsync()
    {
        await using var context = CreateContext();
        return await context.ProgramPostings.OrderBy(posting => posting.Agency).ThenBy(posting => posting.Address).ToListAsync(CancellationToken);
    }

    /// <summary>All changes, in the order in which they were found.</summary>
    public async Task<List<ProgramChange>> ChangesAsync()
    {
        await using var context = CreateContext();
        return await context.ProgramChanges.OrderBy(change => change.Id).ToListAsync(CancellationToken);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var context = CreateContext();
        await context.Database.ExecuteSqlRawAsync(sql, CancellationToken);
    }

    public async Task<long> CountAsync(string sql) =>
        long.Parse(Assert.Single(await ListAsync($"select n::text from ({sql}) q(n)")), CultureInfo.InvariantCulture);

    /// <summary>The first column of a query, as text.</summary>
    public async Task<List<string>> ListAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken);
        List<string> values = [];
        while (await reader.ReadAsync(CancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    /// <summary>The queued warmings: the first trigger, and the number of requests.</summary>
    public async Task<List<(WarmingTrigger Trigger, int Requests)>> QueuedWarmingsAsync()
    {
        await using var context = CreateContext();
        var queued = await context.CacheWarmings.Where(warming => warming.Status == WarmingStatus.Queued).ToListAsync(CancellationToken);
        return queued.ConvertAll(warming => (warming.Trigger, warming.Requests));
    }

    public async Task ForgetWarmingsAsync()
    {
        await using var context = CreateContext();
        await context.CacheWarmings.ExecuteDeleteAsync(CancellationToken);
    }

    /// <summary>The generations of all tags that were ever evicted.</summary>
    public async Task<Dictionary<string, long>> GenerationsAsync()
    {
        await using var context = CreateContext();
        return await context.Set<CacheGeneration>().ToDictionaryAsync(row => row.Tag, row => row.Generation, CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
