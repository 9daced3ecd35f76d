using Connect.Benchmarks.Freshness.Faults;
using Connect.Benchmarks.Freshness.Variants;

namespace Connect.Benchmarks.Freshness;

/// <summary>Variant, faults, load and duration of a check: <see cref="Usage"/> says what each option is.</summary>
internal sealed record FreshnessOptions
{
    public static string Usage => $"""
        freshness [options]
          --minutes N       at least so long under load; the schedule of faults is finished first (1)
          --seconds N       the same in seconds
          --idle-seconds N  a quiet phase after it, in which only propagation is measured (15)
          --seed S          order and moments of everything random (1)
          --instances N     API processes, 2 to 16 (4)
          --faults LIST     none, all, or names: {string.Join(", ", Fault.All.Select(fault => fault.Name))} (none)
          --variant NAME    {string.Join(", ", FreshnessVariant.All.Select(variant => variant.Name))} (connect)
          --reads N         reads a second (2000)
          --evictions N     changes of profiles a second (20)
          --organizations N that are read and changed (24)
          --programs N      open programs (512)
          --lease MS        Cache:LeaseDuration of the instances (5000)
          --quick           short faults
          --no-runbook      after the restore of a backup, do not bump '*' as the runbook says
          --stop-when-stale end as soon as the promise is broken
        """;

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(15);

    public int Seed { get; init; } = 1;

    public int Instances { get; init; } = 4;

    /// <summary>Names of faults, in no order.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public FreshnessVariant Variant { get; init; } = FreshnessVariant.All[0];

    public double ReadsPerSecond { get; init; } = 2000;

    public double EvictionsPerSecond { get; init; } = 20;

    public int Organizations { get; init; } = 24;

    public int Programs { get; init; } = 512;

    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an overruled answer may be given with everything in order, and a free processor.</summary>
    public TimeSpan Promise { get; init; } = TimeSpan.FromMilliseconds(100);

    public bool Quick { get; init; }

    public bool FollowRunbook { get; init; } = true;

    public bool StopWhenStale { get; init; }

    public static FreshnessOptions Parse(Arguments arguments)
    {
        var otherwise = new FreshnessOptions();
        var options = new FreshnessOptions
        {
            Duration = arguments.Number("--minutes", 0.05, 600) is { } minutes ? TimeSpan.FromMinutes(minutes)
                : TimeSpan.FromSeconds(arguments.Number("--seconds", 1, 36_000) ?? otherwise.Duration.TotalSeconds),
            Idle = TimeSpan.FromSeconds(arguments.Number("--idle-seconds", 0, 3_600) ?? otherwise.Idle.TotalSeconds),
            Seed = arguments.Count("--seed", 0, int.MaxValue) ?? otherwise.Seed,
            Instances = arguments.Count("--instances", 2, 16) ?? otherwise.Instances,
            Faults = ParseFaults(arguments.Text("--faults")),
            Variant = arguments.Text("--variant") is { } name
                ? FreshnessVariant.Find(name) ?? throw new UsageException($"There is no variant '{name}'.")
                : otherwise.Variant,
            ReadsPerSecond = arguments.Number("--reads", 1, 100_000) ?? otherwise.ReadsPerSecond,
            EvictionsPerSecond = arguments.Number("--evictions", 0.1, 1_000) ?? otherwise.EvictionsPerSecond,
            Organizations = arguments.Count("--organizations", 1, 500) ?? otherwise.Organizations,
            Programs = arguments.Count("--programs", 2, FreshnessWords.Max) ?? otherwise.Programs,
            LeaseDuration = TimeSpan.FromMilliseconds(
                arguments.Number("--lease", 500, 60_000) ?? otherwise.LeaseDuration.TotalMilliseconds),
            Quick = arguments.Has("--quick"),
            FollowRunbook = !arguments.Has("--no-runbook"),
            StopWhenStale = arguments.Has("--stop-when-stale"),
        };
        arguments.End();
        return options;
    }

    private static string[] ParseFaults(string? list)
    {
        string[] all = [.. Fault.All.Select(fault => fault.Name)];
        string[] names = list switch
        {
            null or "none" => [],
            "all" => all,
            _ => list.Split(','),
        };
        return names.Except(all).FirstOrDefault() is { } unknown ? throw new UsageException($"There is no fault '{unknown}'.") : names;
    }
}
