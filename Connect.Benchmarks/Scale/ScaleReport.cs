using System.Collections.Immutable;
using Connect.Benchmarks.Serving;

namespace Connect.Benchmarks.Scale;

/// <summary>The figures of all sizes: the growth of costs, and whether the targets are met.</summary>
internal sealed class ScaleReport(ScalePlan plan, IReadOnlyCollection<PointFigures> measured)
{
    private const double MaxWarmSeconds = 60;
    private const double MaxSteadyGrowth = 0.1;
    private const double MaxApiMebibytes = 400;

    private static readonly (string Name, Func<PointFigures, double> Cost)[] Grown =
    [
        ("scrape_growth", figures => figures.ScrapeSeconds),
        ("warm_growth", figures => figures.WarmSeconds),
        ("first_miss_growth", figures => figures.FirstMissMilliseconds),
        ("next_miss_growth", figures => figures.NextMissMilliseconds),
        ("first_redis_growth", figures => figures.FirstRedisMilliseconds),
        ("steady_growth", figures => figures.SteadyMicroseconds),
        ("memory_growth", figures => figures.ApiMebibytes),
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
            yield return ($"warm_{ScalePlan.WarmPoint.Organizations}_organizations_s", warm.ScrapeToWarmSeconds, MaxWarmSeconds);
        }

        // Two sizes are no curve.
        if (plan.Programs.Length > 2)
        {
            yield return ("steady_growth_over_programs", GrowthOf(Of(plan.Programs), figures => figures.Point.Programs, figures => figures.SteadyMicroseconds), MaxSteadyGrowth);
        }

        if (measured.SingleOrDefault(figures => figures.Point == ScalePlan.MemoryPoint) is { } memory)
        {
            yield return ("api_memory_mib", memory.ApiMebibytes, MaxApiMebibytes);
        }
    }

    /// <summary>Those that are missed, for people.</summary>
    public ImmutableArray<string> Missed() =>
        [.. Targets().Where(target => target.Value > target.AtMost).Select(target => FormattableString.Invariant($"{target.Name}: {target.Value:0.###}, and at most {target.AtMost} was asked for"))];

    private static IEnumerable<(string Name, double Value)> Named(string name, PointFigures point) =>
        point.Named.Select(figure => ($"{name}_{figure.Name}", figure.Value));

    private static IEnumerable<(string Name, double Value)> Growth(
        string series, ImmutableArray<PointFigures> points, Func<PointFigures, double> size) => points.Length < 2
            ? []
            : Grown.Select(grown => ($"{series}_{grown.Name}", GrowthOf(points, size, grown.Cost)));

    private static double GrowthOf(ImmutableArray<PointFigures> points, Func<PointFigures, double> size, Func<PointFigures, double> cost) =>
        Distribution.GrowthExponent([.. points.Select(point => (size(point), cost(point)))]);

    private ImmutableArray<PointFigures> Of(ImmutableArray<ScalePoint> points) =>
        [.. points.Select(point => measured.Single(figures => figures.Point == point))];
}
