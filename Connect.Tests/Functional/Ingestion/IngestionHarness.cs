using Connect.Core.Caching.Warming;
using Connect.Core.Data;
using Connect.Core.Programs;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Ingestion;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Sources;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
            [$"ConnectionStrings:{TruthDataSource.ConnectionName}"] = database.ConnectionString,

            // No feed runs here that could hear it.
            ["Cache:OwnNotificationWait"] = "00:00:00",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<IConfiguration>(configuration).AddSingleton(time);
        services.AddDistributedMemoryCache();
        services.AddDbContextPool<ConnectDbContext>(options =>
        {
            options.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure());
            ConnectDbContext.Configure(options);
        });
        services.AddConnectCore();
        services.AddIngestion();
        services.AddSingleton<DatabaseReady>();
        services.AddOptions<ScheduleOptions>().Configure(options => options.QueuePollInterval = TimeSpan.FromMilliseconds(50));
        foreach (var source in sources)
        {
            services.AddSingleton(source);
        }

        _services = services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>When tests begin whose data has deadlines.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public AnnouncementIngestor Ingestor => _services.GetRequiredService<AnnouncementIngestor>();

    public ScrapeRunner Runner => _services.GetRequiredService<ScrapeRunner>();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static async Task<IngestionHarness> CreateAsync(RunningApplication application, params IAnnouncementSource[] sources) =>
        new(await TestDatabase.CreateAsync(application), new FakeTimeProvider(Now), sources);

    /// <summary>For what has timers of its own.</summary>
    public static async Task<IngestionHarness> CreateOnSystemTimeAsync(RunningApplication application, params IAnnouncementSource[] sources) =>
        new(await TestDatabase.CreateAsync(application), TimeProvider.System, sources);

    /// <summary>Before any migration.</summary>
    public static async Task<IngestionHarness> CreateEmptyAsync(RunningApplication application, params IAnnouncementSource[] sources) =>
        new(await TestDatabase.CreateEmptyAsync(application), TimeProvider.System, sources);

    /// <summary>Set where the migrations count as applied.</summary>
    public DatabaseReady Ready => _services.GetRequiredService<DatabaseReady>();

    public T Create<T>(params object[] arguments) => ActivatorUtilities.CreateInstance<T>(_services, arguments);

    public ConnectDbContext CreateContext() => _database.CreateContext();

    /// <summary>A connection of its own, as a worker's claim has one; not opened.</summary>
    public NpgsqlConnection CreateConnection() =>
        new(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);

    public void Advance(TimeSpan time) => ((FakeTimeProvider)_services.GetRequiredService<TimeProvider>()).Advance(time);

    /// <summary>Brings rows in by a run of their own.</summary>
    public async Task<IngestionResult> IngestAsync(params ScrapedAnnouncement[] announcements) =>
        await Ingestor.IngestAsync((await AddRunAsync()).Id, announcements, [], CancellationToken);

    /// <summary>Carries out a run of the board.</summary>
    public async Task<ScrapeRun> RunAsync(Agency agency = Agency.NTIS)
    {
        var run = await AddRunAsync(agency);
        await Runner.RunAsync(run.Id, agency, CancellationToken);
        return await FindRunAsync(run.Id);
    }

    public async Task<ScrapeRun> AddRunAsync(Agency agency = Agency.NTIS, ScrapeStatus status = ScrapeStatus.Running, int minute = 0)
    {
        var requestedAt = Now.AddMinutes(minute);
        var run = new ScrapeRun
        {
            Agency = agency,
            Trigger = ScrapeTrigger.Administrator,
            Status = status,
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
        return await scope.ServiceProvider.GetRequiredService<ScrapeRequests>()
            .EnqueueAsync(agencies, ScrapeTrigger.Administrator, CancellationToken);
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

    /// <summary>The warmings that wait: what asked first, and how often it was asked for.</summary>
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

    /// <summary>The numbers of all tags that were ever evicted.</summary>
    public async Task<Dictionary<string, long>> GenerationsAsync()
    {
        await using var context = CreateContext();
        return await context.CacheGenerations.ToDictionaryAsync(row => row.Tag, row => row.Generation, CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>A board that lists what the test says.</summary>
internal sealed class FakeSource(Agency agency = Agency.NTIS) : IAnnouncementSource
{
    private int _walks;

    /// <summary>How often it was read.</summary>
    public int Walks => _walks;

    public Agency Agency => agency;

    /// <summary>What the next walk yields.</summary>
    public List<RowResult> Rows { get; } = [];

    /// <summary>What the next walk ends with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Where set, the walk waits for it behind its rows.</summary>
    public Task? Wait { get; set; }

    /// <summary>Completes when a walk has begun.</summary>
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeSource Lists(params ScrapedAnnouncement[] announcements)
    {
        Rows.Clear();
        Rows.AddRange(announcements.Select(announcement => new RowResult(announcement, null)));
        return this;
    }

    public FakeSource Fails(int rows)
    {
        Rows.AddRange(Enumerable.Range(1, rows).Select(row => new RowResult(null, new RowError($"/view?id={row}", "the detail page is gone"))));
        return this;
    }

    public async IAsyncEnumerable<RowResult> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _walks);
        Started.TrySetResult();
        foreach (var row in Rows.ToList())
        {
            yield return row;
        }

        if (Wait is not null)
        {
            await Wait.WaitAsync(cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }
}

/// <summary>Announcements as boards publish them.</summary>
internal static class Announcements
{
    public static DateTimeOffset Deadline { get; } = new(2026, 7, 31, 18, 0, 0, TimeSpan.FromHours(9));

    public static ScrapedAnnouncement Call(string title = "2026년 인공지능 기술개발사업 공고", Agency agency = Agency.NTIS) => new()
    {
        Agency = agency,
        Title = title,
        Url = "https://www.ntis.go.kr/view.do?roRndUid=1",
        Ministry = "과학기술정보통신부",
        Category = "ICT",
        Description = "인공지능 기술을 개발한다.",
        Keywords = ["인공지능"],
        MinTrl = 4,
        MaxTrl = 6,
        BudgetAmount = 1_000_000_000,
        PublishedAt = Deadline.AddDays(-60),
        Deadline = Deadline,
        AttachmentNames = ["공고문.hwp"],
    };
}
