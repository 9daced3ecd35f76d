using System.Globalization;
using Connect.Benchmarks.Freshness.Faults;
using Connect.Benchmarks.Freshness.Variants;

namespace Connect.Benchmarks.Freshness;

/// <summary>Variant, faults, load and duration of a check.</summary>
internal sealed record FreshnessOptions
{
    /// <summary>The help text.</summary>
    public static string Usage => $"""
        usage: Connect.Benchmarks freshness [options]
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

    /// <summary>Changes of programs a second: each evicts every organization's matches.</summary>
    public double ProgramChangesPerSecond { get; init; } = 0.2;

    public int Organizations { get; init; } = 24;

    public int Programs { get; init; } = 512;

    /// <summary><c>Cache:LeaseDuration</c> of the instances.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an overruled answer may be given without a fault.</summary>
    public TimeSpan Promise { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Short faults, for tests.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether the runbook is followed after a restore.</summary>
    public bool FollowRunbook { get; init; } = true;

    /// <summary>Whether to end with the first answer that breaks the promise.</summary>
    public bool StopWhenStale { get; init; }

    /// <summary>Reads the arguments after the verb.</summary>
    /// <exception cref="ArgumentException">One of them is unknown or out of range.</exception>
    public static FreshnessOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FreshnessOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--minutes" => options with { Duration = TimeSpan.FromMinutes(Number(rest, name, 0.05, 600)) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(rest, name, 1, 36_000)) },
                "--idle-seconds" => options with { Idle = TimeSpan.FromSeconds(Number(rest, name, 0, 3_600)) },
                "--seed" => options with { Seed = (int)Number(rest, name, 0, int.MaxValue) },
                "--instances" => options with { Instances = (int)Number(rest, name, 2, 16) },
                "--faults" => options with { Faults = ParseFaults(Value(rest, name)) },
                "--variant" => options with { Variant = ParseVariant(Value(rest, name)) },
                "--reads" => options with { ReadsPerSecond = Number(rest, name, 1, 100_000) },
                "--evictions" => options with { EvictionsPerSecond = Number(rest, name, 0.1, 1_000) },
                "--organizations" => options with { Organizations = (int)Number(rest, name, 1, 500) },
                "--programs" => options with { Programs = (int)Number(rest, name, 2, FreshnessWords.Max) },
                "--lease" => options with { LeaseDuration = TimeSpan.FromMilliseconds(Number(rest, name, 500, 60_000)) },
                "--quick" => options with { Quick = true },
                "--no-runbook" => options with { FollowRunbook = false },
                "--stop-when-stale" => options with { StopWhenStale = true },
                _ => throw new ArgumentException($"'{name}' is not an option."),
            };
        }

        return options;
    }

    private static string Value(Queue<string> rest, string name) =>
        rest.TryDequeue(out var value) ? value : throw new ArgumentException($"'{name}' needs a value.");

    private static double Number(Queue<string> rest, string name, double min, double max) =>
        double.TryParse(Value(rest, name), CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{name}' is a number from {min} to {max}."));

    private static string[] ParseFaults(string list) => list switch
    {
        "none" => [],
        "all" => [.. Fault.All.Select(fault => fault.Name)],
        _ =>
        [
            .. list.Split(',').Select(name => Fault.All.Any(fault => fault.Name == name)
                ? name
                : throw new ArgumentException($"There is no fault '{name}'.")),
        ],
    };

    private static FreshnessVariant ParseVariant(string name) =>
        FreshnessVariant.Find(name) ?? throw new ArgumentException($"There is no variant '{name}'.");
}
