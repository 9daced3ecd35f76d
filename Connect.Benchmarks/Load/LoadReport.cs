using System.Globalization;
using Connect.Benchmarks.Load.Profiles;
using Connect.Benchmarks.Load.Running;
using Connect.Benchmarks.Serving;

namespace Connect.Benchmarks.Load;

/// <summary>The conditions of a run: evictions, warmings, processor time.</summary>
/// <param name="Elapsed">How long it was.</param>
/// <param name="Logins">Times of signing in, in milliseconds and ascending order.</param>
/// <param name="Evictions">Evictions of everybody's answers.</param>
/// <param name="OwnEvictions">Evictions of one organization's answers.</param>
/// <param name="Warmings">Warmings that were carried out.</param>
/// <param name="Texts">Explanations that the model's stand-in wrote; null without a stand-in.</param>
/// <param name="ReplicaPercent">Processor time of both replicas, of all processors.</param>
/// <param name="WorkerPercent">The worker's.</param>
/// <param name="DriverPercent">The driver's own.</param>
/// <param name="MachinePercent">All processes of the machine; null where the system does not report it.</param>
internal sealed record LoadConditions(
    TimeSpan Elapsed, double[] Logins, long Evictions, long OwnEvictions, long Warmings, long? Texts, double ReplicaPercent,
    double WorkerPercent, double DriverPercent, double? MachinePercent);

/// <summary>Reports the results of a run.</summary>
internal static class LoadReport
{
    /// <summary>A table for people, then one figure a line.</summary>
    public static void Print(LoadProfile profile, LoadSummary summary, LoadConditions conditions)
    {
        foreach (var (action, part) in summary.ByAction)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{action,-11} {part.Requests,6} requests, {part.NotModified,5} not modified, "
                + $"{part.From("memory"),5} from memory, {part.From("redis"),5} from Redis, {part.From("miss"),5} misses, {part.Errors} errors; "
                + $"ms: p50 {part.Percentile(50):0.0}, p95 {part.Percentile(95):0.0}, p99 {part.Percentile(99):0.0}, max {part.Percentile(100):0.0}"));
        }

        Figure.Print("users", profile.Peak);
        Figure.Print("minutes", profile.Length.TotalMinutes);
        Figure.Print("requests", summary.Requests);
        Figure.Print("requests_per_second", summary.Requests / conditions.Elapsed.TotalSeconds);
        Figure.Print("errors", summary.Errors);
        Print("", summary);
        if (summary.AtPeak() is { Requests: > 0 } peak)
        {
            Print("peak_", peak);
        }

        foreach (var (action, part) in summary.ByAction)
        {
            Figure.Print($"{action.ToString().ToLowerInvariant()}_p95_ms", part.Percentile(95));
        }

        Figure.Print("not_modified", summary.NotModified);
        Figure.Print("memory", summary.From("memory"));
        Figure.Print("redis", summary.From("redis"));
        Figure.Print("misses", summary.From("miss"));
        Figure.Print("marked_stale", summary.MarkedStale);
        Print(conditions);
    }

    private static void Print(LoadConditions conditions)
    {
        Figure.Print("evictions", conditions.Evictions);
        Figure.Print("organization_evictions", conditions.OwnEvictions);
        Figure.Print("warmings", conditions.Warmings);
        if (conditions.Texts is { } texts)
        {
            Figure.Print("model_texts", texts);
        }

        Figure.Print("logins", conditions.Logins.Length);
        Figure.Print("login_p50_ms", Distribution.Percentile(conditions.Logins, 50));
        Figure.Print("login_p95_ms", Distribution.Percentile(conditions.Logins, 95));
        Figure.Print("api_processor_percent", conditions.ReplicaPercent);
        Figure.Print("worker_processor_percent", conditions.WorkerPercent);
        Figure.Print("driver_processor_percent", conditions.DriverPercent);
        if (conditions.MachinePercent is { } machine)
        {
            Figure.Print("machine_processor_percent", machine);
        }
    }

    private static void Print(string prefix, LoadSummary summary)
    {
        Figure.Print($"{prefix}p50_ms", summary.Percentile(50));
        Figure.Print($"{prefix}p95_ms", summary.Percentile(95));
        Figure.Print($"{prefix}p99_ms", summary.Percentile(99));
        Figure.Print($"{prefix}max_ms", summary.Percentile(100));
    }
}
