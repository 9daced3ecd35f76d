using System.Net.Http.Json;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Ingestion;

/// <summary>
/// <c>scrape [ANNOUNCEMENTS]</c>: the worker as it is deployed, a process of its own, reads so many simulated announcements
/// over HTTP into an empty Postgres, five boards at once, and once more unchanged. Takes some minutes.
/// </summary>
internal static class ScrapeCommand
{
    public const string Usage = "scrape [announcements, 60 to 100000, default 100000]";

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var announcements = arguments.NextCount("announcements", 60, 100_000) ?? 100_000;
        arguments.End();
        await using var servers = await CheckedServers.StartAsync(isDurable: true);
        var postgres = servers.Postgres;
        var simulator = await SimulatedBoards.StartAsync(servers, announcements);
        var worker = await SimulatedBoards.StartWorkerAsync(servers, simulator, [new("Warming__Enabled", "false")]);
        await using var context = SeededSite.Open(postgres);
        Figure.Print("worker_start_mib", worker.Use().Peak);
        var isRight = await ReadAsync("first", context, worker, announcements);
        var written = await postgres.NextTransactionAsync();
        isRight &= await ReadAsync("unchanged", context, worker, announcements);
        Figure.Print("unchanged_program_writes", await context.Database.SqlQuery<long>(
            $"select count(*) as \"Value\" from programs where xmin::text::bigint >= {written}").SingleAsync());
        Figure.Print("simulator_peak_mib", simulator.Use().Peak);
        var requests = await simulator.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/_simulator/requests");
        Console.WriteLine(requests.ToString());
        return isRight ? 0 : 1;
    }

    /// <summary>One run of every board; whether everything that is published was read.</summary>
    private static async Task<bool> ReadAsync(string name, ConnectDbContext context, ServerProcess worker, int announcements)
    {
        var started = Stopwatch.GetTimestamp();
        var runs = await BoardRuns.RunAsync(context, SimulatedBoards.Agencies, Patience);
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var run in runs)
        {
            Console.WriteLine(
                $"{name}: {run.Agency} {run.Status}, {run.Found} found, {run.NotModified} not modified, {run.New} new, {run.Changed} changed, "
                + $"{run.Unchanged} unchanged, {run.Reposted} reposted, {run.Failed} unreadable. {run.Error}");
        }

        Figure.Print($"{name}_s", elapsed.TotalSeconds);
        Figure.Print($"{name}_rows_per_second", announcements / elapsed.TotalSeconds);
        Figure.Print($"{name}_worker_peak_mib", worker.Use().Peak);
        return runs.TrueForAll(run => run.Status == ScrapeStatus.Succeeded) && runs.Sum(run => run.Found) == announcements;
    }
}
