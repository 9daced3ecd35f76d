using Connect.Benchmarks.Load.Profiles;
using Connect.Benchmarks.Load.Running;

namespace Connect.Benchmarks.Load;

/// <summary>The conditions of a run: evictions, warmings, processor time.</summary>
/// <param name="Elapsed">How long it was.</param>
/// <param name="Logins">Times of signing in, in milliseconds and ascending order.</param>
/// <param name="Evictions">Evictions and warmings in the run.</param>
/// <param name="Texts">Explanations that the stand-in of a model wrote; null where there was none.</param>
/// <param name="Processors">Percent of all processors, by process; null where the system does not tell.</param>
internal sealed record LoadConditions(
    TimeSpan Elapsed, double[] Logins, EvictionCounts Evictions, long? Texts, IReadOnlyList<(string Name, double? Percent)> Processors);

/// <summary>Reports the results of a run.</summary>
internal static class LoadReport
{
    /// <summary>A table for people, then one figure a line.</summary>
    public static void Print(LoadProfile profile, LoadSummary summary, LoadConditions conditions)
    {
        foreach (var (action, part) in summary.ByAction)
        {
            Console.WriteLine(
                $"{action,-11} {part.Requests,6} requests, {part.NotModified,5} not modified, "
                + $"{part.From("memory"),5} from memory, {part.From("redis"),5} from Redis, {part.From("miss"),5} misses, {part.Errors} errors; "
                + $"ms: p50 {part.Percentile(50):0.0}, p95 {part.Percentile(95):0.0}, p99 {part.Percentile(99):0.0}, max {part.Percentile(100):0.0}");
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
        Figure.Print("evictions", conditions.Evictions.Everybody);
        Figure.Print("organization_evictions", conditions.Evictions.Organizations);
        Figure.Print("warmings", conditions.Evictions.Warmings);
        if (conditions.Texts is { } texts)
        {
            Figure.Print("model_texts", texts);
        }

        Figure.Print("logins", conditions.Logins.Length);
        Figure.Print("login_p50_ms", Distribution.Percentile(conditions.Logins, 50));
        Figure.Print("login_p95_ms", Distribution.Percentile(conditions.Logins, 95));
        foreach (var (name, percent) in conditions.Processors)
        {
            if (percent is { } told)
            {
                Figure.Print($"{name}_processor_percent", told);
            }
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
