using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Connect.AgencySimulator;
using Connect.Benchmarks.Serving;
using Connect.Data;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.ScraperWorker;
using Connect.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Ingestion;

/// <summary>
/// <c>scrape [ANNOUNCEMENTS]</c>: the worker as it is deployed, a process of its own, reads so many simulated announcements
/// over HTTP into an empty Postgres, five boards at once, and once more unchanged. Takes some minutes.
/// </summary>
internal static class ScrapeCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Verb = "scrape";

    public const string Usage = "scrape [announcements, 60 to 100000, default 100000]";

    private const int DefaultAnnouncements = 100_000;

    /// <summary>Measures and reports; returns the exit code, null for invalid arguments.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        var announcements = DefaultAnnouncements;
        if (arguments is not [] && !(arguments is [var text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out announcements) && announcements is >= 60 and <= DefaultAnnouncements))
        {
            return null;
        }

        await using var processes = new CheckerProcesses();
        await using var redis = await CheckedRedis.StartNewAsync(processes, CancellationToken.None);
        await using var postgres = await CheckedPostgres.StartNewAsync(processes, isDurable: true, CancellationToken.None);
        var simulator = new ServerProcess(processes, "agency-simulator", new Dictionary<string, string?>
        {
            ["Simulator__Announcements"] = announcements.ToString(CultureInfo.InvariantCulture),
            ["Logging__LogLevel__Default"] = "Warning",
        });
        await simulator.StartAsync(typeof(AgencySimulatorMarker).Assembly.Location, Listen, CancellationToken.None);
        var worker = new ServerProcess(processes, "scraper-worker", Settings(postgres, redis, simulator.Address));
        await worker.StartAsync(typeof(ScraperWorkerMarker).Assembly.Location, Listen, CancellationToken.None);

        await using var context = SeededSite.Open(postgres);
        Figure.Print("worker_start_mib", PeakOf(worker));
        var isRight = await ReadAsync("first", context, worker, announcements);
        var written = await postgres.NextTransactionAsync();
        isRight &= await ReadAsync("unchanged", context, worker, announcements);
        Figure.Print("unchanged_program_writes", await context.Database.SqlQuery<long>(
            $"select count(*) as \"Value\" from programs where xmin::text::bigint >= {written}").SingleAsync());
        Figure.Print("simulator_peak_mib", PeakOf(simulator));
        var requests = await simulator.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/_simulator/requests");
        Console.WriteLine(requests.ToString());
        await worker.StopAsync();
        await simulator.StopAsync();
        return isRight ? 0 : 1;
    }

    private static IReadOnlyList<string> Listen(string port) => ["--urls", $"http://127.0.0.1:{port}"];

    private static Dictionary<string, string?> Settings(CheckedPostgres postgres, CheckedRedis redis, Uri boards)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"ConnectionStrings__{DataRegistration.ConnectionName}"] = postgres.ConnectionString,
            ["ConnectionStrings__cache"] = redis.Configuration,
            ["Schedule__ScrapeWhenEmpty"] = "false",
            ["Warming__Enabled"] = "false",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        SimulatedBoards.AddTo(settings, boards);
        return settings;
    }

    /// <summary>Runs every board once; returns whether every announcement was read.</summary>
    private static async Task<bool> ReadAsync(string name, ConnectDbContext context, ServerProcess worker, int announcements)
    {
        var started = Stopwatch.GetTimestamp();
        var ids = await new ScrapeQueue(context, TimeProvider.System).EnqueueAsync(
            SimulatedBoards.Agencies, ScrapeTrigger.Administrator, CancellationToken.None);
        List<ScrapeRun> runs;
        do
        {
            await Task.Delay(200);
            runs = await context.ScrapeRuns.AsNoTracking().Where(run => ids.Contains(run.Id)).OrderBy(run => run.Agency).ToListAsync();
        }
        while (runs.Exists(run => run.CompletedAt is null));

        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var run in runs)
        {
            Console.WriteLine(
                $"{name}: {run.Agency} {run.Status}, {run.Found} found, {run.NotModified} not modified, {run.New} new, {run.Changed} changed, "
                + $"{run.Unchanged} unchanged, {run.Reposted} reposted, {run.Failed} unreadable. {run.Error}");
        }

        Figure.Print($"{name}_s", elapsed.TotalSeconds);
        Figure.Print($"{name}_rows_per_second", announcements / elapsed.TotalSeconds);
        Figure.Print($"{name}_worker_peak_mib", PeakOf(worker));
        return runs.TrueForAll(run => run.Status == ScrapeStatus.Succeeded) && runs.Sum(run => run.Found) == announcements;
    }

    private static double PeakOf(ServerProcess server)
    {
        using var process = Process.GetProcessById(server.ProcessId);
        return process.PeakWorkingSet64 / 1024.0 / 1024.0;
    }
}
