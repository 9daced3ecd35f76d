using Connect.Data;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker;
using Connect.ScraperWorker.Crawl;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Connect.Benchmarks.Ingestion;

/// <summary>
/// <c>ingest [ROWS]</c>: writes a parsed board into an empty Postgres, and once more unchanged. It measures the steps
/// after parsing: hashing, classification, staging, merge, COMMIT. Prints one <c>name: value</c> a line.
/// </summary>
internal static class IngestCommand
{
    public const string Usage = "ingest [rows, default 100000]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rows = arguments.NextCount("rows", 1, int.MaxValue) ?? 100_000;
        arguments.End();
        await using var processes = new CheckerProcesses();
        await using var postgres = await CheckedPostgres.StartNewAsync(processes, isDurable: true, CancellationToken.None);
        await using var services = Build(postgres.ConnectionString, new GeneratedBoard(rows));
        await using (var scope = services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConnectDbContext>().Database.MigrateAsync();
        }

        var runner = services.GetRequiredService<ScrapeRunner>();
        var first = await RunAsync(services, runner);
        Report("new", rows, first);
        var (before, next) = (await LookAsync(postgres, 0), await postgres.NextTransactionAsync());
        var second = await RunAsync(services, runner);
        Report("unchanged", rows, second);
        var after = await LookAsync(postgres, next);
        Figure.Print("unchanged_program_writes", after.Programs);
        Figure.Print("unchanged_posting_writes", after.Postings);
        Figure.Print("unchanged_evictions", after.Evictions - before.Evictions);
        Figure.Print("peak_working_set_mib", Process.GetCurrentProcess().PeakWorkingSet64 / 1024.0 / 1024.0);
        return first.Run.New == rows && second.Run.Unchanged == rows ? 0 : 1;
    }

    private static ServiceProvider Build(string database, IAnnouncementSource board)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{DataRegistration.ConnectionName}"] = database,

            // There is no listener in this process, so its own notification cannot arrive.
            ["Cache:OwnNotificationWait"] = "00:00:00",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System);
        services.AddDistributedMemoryCache();
        services.AddDbContextPool<ConnectDbContext>(options =>
        {
            options.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure());
            ConnectDbContext.Configure(options);
        });
        services.AddConnectData();
        services.AddScrapePipeline();
        services.AddSingleton(board);
        return services.BuildServiceProvider();
    }

    private static async Task<(ScrapeRun Run, TimeSpan Elapsed)> RunAsync(ServiceProvider services, ScrapeRunner runner)
    {
        var run = new ScrapeRun
        {
            Agency = Agency.NTIS,
            Trigger = ScrapeTrigger.Administrator,
            Status = ScrapeStatus.Running,
            Attempts = 1,
            RequestedAt = TimeProvider.System.GetUtcNow(),
        };
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        context.ScrapeRuns.Add(run);
        await context.SaveChangesAsync();
        var started = Stopwatch.GetTimestamp();
        await runner.RunAsync(new(run.Id, run.Agency, 1), new(), CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await context.Entry(run).ReloadAsync();
        return (run, elapsed);
    }

    private static void Report(string name, int rows, (ScrapeRun Run, TimeSpan Elapsed) run)
    {
        Console.WriteLine($"{name}: {run.Run.Status}, {run.Run.New} new, {run.Run.Changed} changed, {run.Run.Unchanged} unchanged. {run.Run.Error}");
        Figure.Print($"{name}_s", run.Elapsed.TotalSeconds);
        Figure.Print($"{name}_rows_per_second", rows / run.Elapsed.TotalSeconds);
    }

    /// <summary>
    /// Rows that a transaction from <paramref name="since"/> on has written, and the sum of all generations.
    /// </summary>
    private static async Task<(long Programs, long Postings, long Evictions)> LookAsync(CheckedPostgres postgres, long since)
    {
        var rows = await postgres.QueryAsync(
            """
            select
                (select count(*) from programs where xmin::text::bigint >= $1),
                (select count(*) from program_postings where xmin::text::bigint >= $1),
                (select coalesce(sum(generation), 0)::bigint from cache_generations)
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), since);
        return rows.Single();
    }
}
