namespace Connect.Benchmarks.Scale;

/// <summary>The figures of all sizes: the growth of costs, and whether the targets are met.</summary>
internal sealed class ScaleReport(ScalePlan plan, IReadOnlyCollection<PointFigures> measured)
{
    private const double MaxWarmSeconds = 60;
    private const double MaxSteadyGrowth = 0.1;
    private const double MaxApiMebibytes = 400;

    private static readonly (string Name, string Cost)[] Grown =
    [
        ("scrape_growth", "scrape_s"), ("warm_growth", "warm_s"), ("first_miss_growth", "first_miss_ms"),
        ("next_miss_growth", "next_miss_ms"), ("first_redis_growth", "first_redis_ms"), ("steady_growth", "steady_us"),
        ("memory_growth", "api_mib"),
    ];

    /// <summary>Every figure, in the order in which it is printed.</summary>
    public IEnumerable<(string Name, double Value)> Figures() =>
    [
        .. Of(plan.Programs).SelectMany(point => Named($"programs_{point.Point.Programs}", point)),
        .. Of(plan.Organizations).SelectMany(point => Named($"organizations_{point.Point.Organizations}", point)),
        .. Of(plan.Others).SelectMany(point => Named($"programs_{point.Point.Programs}_organizations_{point.Point.Organizations}", point)),
        .. Growth("programs", Of(plan.Programs), figures => figures.Point.Programs),
        .. Growth("organizations", Of(plan.Organizations), figures => figures.Point.Organizations),
        .. Targets().Select(target => (target.Name, target.Value)),
    ];

    /// <summary>The targets for which this run has figures.</summary>
    public IEnumerable<(string Name, double Value, double AtMost)> Targets()
    {
        if (measured.SingleOrDefault(figures => figures.Point == ScalePlan.WarmPoint) is { } warm)
        {
            yield return ($"warm_{ScalePlan.WarmPoint.Organizations}_organizations_s", warm["scrape_to_warm_s"], MaxWarmSeconds);
        }

        // Two sizes are no curve.
        if (plan.Programs.Length > 2)
        {
            yield return ("steady_growth_over_programs", GrowthOf(Of(plan.Programs), figures => figures.Point.Programs, "steady_us"), MaxSteadyGrowth);
        }

        if (measured.SingleOrDefault(figures => figures.Point == ScalePlan.MemoryPoint) is { } memory)
        {
            yield return ("api_memory_mib", memory["api_mib"], MaxApiMebibytes);
        }
    }

    /// <summary>Those that are missed, for people.</summary>
    public ImmutableArray<string> Missed() =>
        [.. Targets().Where(target => target.Value > target.AtMost).Select(target => FormattableString.Invariant($"{target.Name}: {target.Value:0.###}, and at most {target.AtMost} was asked for"))];

    private static IEnumerable<(string Name, double Value)> Named(string name, PointFigures point) =>
        point.Named.Select(figure => ($"{name}_{figure.Key}", figure.Value));

    private static IEnumerable<(string Name, double Value)> Growth(
        string series, ImmutableArray<PointFigures> points, Func<PointFigures, double> size) => points.Length < 2
            ? []
            : Grown.Select(grown => ($"{series}_{grown.Name}", GrowthOf(points, size, grown.Cost)));

    private static double GrowthOf(ImmutableArray<PointFigures> points, Func<PointFigures, double> size, string cost) =>
        Distribution.GrowthExponent([.. points.Select(point => (size(point), point[cost]))]);

    private ImmutableArray<PointFigures> Of(ImmutableArray<ScalePoint> points) =>
        [.. points.Select(point => measured.Single(figures => figures.Point == point))];
}
