using Connect.Benchmarks.Replay.Clock;
using Connect.Benchmarks.Replay.Plan;
using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data;
using Connect.Data.Caching;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Connect.ScraperWorker;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Warming;
using Connect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>
/// The worker's services without their timers: the driver calls them at the planned moments. Runs, expiry and warming
/// are the product's own, down to the rows in the database that decide which are due.
/// </summary>
internal sealed class ReplayWorker : IAsyncDisposable
{
    private const int MaxAttempts = 10;

    private readonly IHost _host;
    private readonly SimulatedTime _time;
    private readonly PrimaryDatabase _database;
    private readonly CacheTransaction<ConnectDbContext> _transaction;

    // Kept for the run, because the server releases the lock of a closed session a moment later.
    private readonly Dictionary<Agency, BoardLease> _boards = [];
    private WarmingLease? _warming;

    private ReplayWorker(IHost host, SimulatedTime time)
    {
        (_host, _time) = (host, time);
        _database = host.Services.GetRequiredService<PrimaryDatabase>();
        _transaction = host.Services.GetRequiredService<CacheTransaction<ConnectDbContext>>();
        Cache = new ReplayedCache(host.Services, time);
    }

    public ReplayedCache Cache { get; }

    /// <summary>Starts it, with its listener, and waits until its generations are verified.</summary>
    public static async Task<ReplayWorker> StartAsync(ReplaySite site, SimulatedTime time, ReplayPlan plan)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(site.SettingsOf(ReplaySite.WorkerUser).Select(
            setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true);
        builder.AddConnectStores<ConnectDbContext>(ConnectDbContext.Configure);
        builder.Services.AddConnectData();
        builder.Services.AddScrapePipeline();
        builder.Services.AddOptions<WarmingOptions>().BindConfiguration(WarmingOptions.SectionName);
        builder.Services.AddInstruments<WarmingMetrics>();
        builder.Services.AddSingleton<WarmingRunner>();
        builder.Services.UseSimulatedTime(time);
        foreach (var (board, _, _) in BoardPlan.Boards)
        {
            builder.Services.AddSingleton<IAnnouncementSource>(new PlannedBoard(board, plan.Announcements, time));
        }

        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<CacheState>().FirstSync;
        return new(host, time);
    }

    /// <summary>Queues a run of every board, as the schedule does.</summary>
    public async Task EnqueueScrapesAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        await new EnqueueScrapesJob(
            scope.ServiceProvider.GetRequiredService<ScrapeQueue>(), scope.ServiceProvider.GetRequiredService<IEnumerable<IAnnouncementSource>>())
            .Execute(null!, CancellationToken.None);
    }

    /// <summary>Carries out the run of a board that waits.</summary>
    /// <exception cref="InvalidOperationException">None waits, or it did not succeed.</exception>
    public async Task<ScrapeRun> ScrapeAsync(Agency board)
    {
        if (!_boards.TryGetValue(board, out var held))
        {
            held = await BoardLease.TryTakeAsync(_database.CreateUnpooled("connect-board"), board, CancellationToken.None)
                ?? throw new InvalidOperationException($"Another worker reads the board of {board}.");
            _boards.Add(board, held);
        }

        var lease = await _host.Services.GetRequiredService<ScrapeRunStore>().TakeNextAsync(held, MaxAttempts, CancellationToken.None)
            ?? throw new InvalidOperationException($"No run of {board} waits.");
        await _host.Services.GetRequiredService<ScrapeRunner>().RunAsync(lease, new(), CancellationToken.None);
        await using var scope = _host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        var run = await context.ScrapeRuns.AsNoTracking().SingleAsync(run => run.Id == lease.RunId);
        return run.Status == ScrapeStatus.Succeeded ? run : throw new InvalidOperationException($"The run of {board} {run.Status}: {run.Error}");
    }

    /// <summary>Evicts as the first platform did after every run of a board.</summary>
    public Task FlushAsync() => _transaction.ExecuteAsync(
        static (context, _) =>
        {
            context.EvictTags(EvictionReasons.Scrape, ConnectTags.Programs, ConnectTags.Matches);
            return Task.CompletedTask;
        },
        CancellationToken.None);

    /// <summary>Expires programs whose deadline has passed, as the worker does every hour.</summary>
    public Task ExpireAsync() => new ExpireProgramsJob(_transaction, _time).Execute(null!, CancellationToken.None).AsTask();

    /// <summary>The same without evicting.</summary>
    public async Task ExpireSilentlyAsync()
    {
        var now = _time.GetUtcNow();
        await using var scope = _host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectDbContext>().Programs
            .Where(program => program.Status == ProgramStatus.Active && program.Deadline < now)
            .ExecuteUpdateAsync(set => set.SetProperty(program => program.Status, ProgramStatus.Expired));
    }

    /// <summary>Asks for the next day's rankings, as the worker does before midnight.</summary>
    public async Task RequestNextDayAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        await new NextDayWarmingJob(scope.ServiceProvider.GetRequiredService<ConnectDbContext>(), _time).Execute(null!, CancellationToken.None);
    }

    public async Task WarmAsync()
    {
        var (runner, options) = (_host.Services.GetRequiredService<WarmingRunner>(), _host.Services.GetRequiredService<IOptions<WarmingOptions>>().Value);
        _warming ??= await WarmingLease.TryTakeAsync(_database.CreateUnpooled("connect-warming"), CancellationToken.None)
            ?? throw new InvalidOperationException("Another worker warms.");
        while (await _warming.NextAsync(_time.GetUtcNow(), options, CancellationToken.None) is { } order)
        {
            await runner.RunAsync(_warming, order, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _boards.Values)
        {
            await held.DisposeAsync();
        }

        if (_warming is not null)
        {
            await _warming.DisposeAsync();
        }

        await _host.StopAsync();
        _host.Dispose();
    }
}
