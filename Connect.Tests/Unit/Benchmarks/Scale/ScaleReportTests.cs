using Connect.Benchmarks.Scale;

namespace Connect.Tests.Unit.Benchmarks.Scale;

/// <summary>The figures and targets over all measured sizes.</summary>
public sealed class ScaleReportTests
{
    private static readonly ScalePlan Whole = ScalePlan.UpTo(ScalePlan.Most);

    [Fact]
    public void Every_size_has_its_figures_in_its_series()
    {
        var names = Report(Whole).Figures().Select(figure => figure.Name).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Contains("programs_1000_scrape_s", names);
        Assert.Contains("programs_100000_steady_p99_us", names);
        Assert.Contains("organizations_1000_scrape_s", names);
        Assert.Contains("organizations_100000_api_mib", names);
        Assert.Contains("programs_10000_organizations_10000_worker_mib", names);
        Assert.All(names, name => Assert.Matches("^[a-z0-9_]+$", name));
    }

    [Fact]
    public void Growth_is_fitted_in_each_series_by_its_own_size()
    {
        var report = Report(Whole, point => Good(
            point, ("scrape_s", point.Programs), ("steady_us", 50), ("first_redis_ms", Math.Sqrt(point.Organizations))));

        Assert.Equal(1, Of(report, "programs_scrape_growth"), precision: 9);
        Assert.Equal(0, Of(report, "programs_steady_growth"), precision: 9);
        Assert.Equal(0, Of(report, "organizations_scrape_growth"), precision: 9);
        Assert.Equal(0.5, Of(report, "organizations_first_redis_growth"), precision: 9);
    }

    [Fact]
    public void A_run_that_meets_every_target_misses_none()
    {
        var report = Report(Whole);

        Assert.Empty(report.Missed());
        Assert.Equal(
            ["warm_10000_organizations_s", "steady_growth_over_programs", "api_memory_mib"], report.Targets().Select(target => target.Name));
    }

    [Fact]
    public void Warming_counts_from_the_scrapes_start()
    {
        var report = Report(Whole, point => Good(point, ("scrape_to_warm_s", 60.5)));

        Assert.Equal(60.5, Of(report, "warm_10000_organizations_s"));
        Assert.StartsWith("warm_10000_organizations_s: 60.5", Assert.Single(report.Missed()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 0)]
    [InlineData(400.1, 1)]
    public void Memory_is_judged_where_both_are_many(double mebibytes, int missed) => Assert.Equal(
        missed,
        Report(Whole, point => Good(point, ("api_mib", point == ScalePlan.MemoryPoint ? mebibytes : 999))).Missed().Length);

    [Theory]
    [InlineData(1.55, 0)]
    [InlineData(1.65, 1)]
    public void Steady_requests_may_take_half_as_long_again_at_a_hundred_times_the_programs(double times, int missed) => Assert.Equal(
        missed,
        Report(Whole, point => Good(point, ("steady_us", 100 * Math.Pow(times, Math.Log(point.Programs / 1_000.0, 100))))).Missed().Length);

    [Fact]
    public void What_was_not_measured_is_not_judged()
    {
        Assert.Empty(Report(ScalePlan.UpTo(1_000), Bad).Targets());
        Assert.Equal(["warm_10000_organizations_s", "api_memory_mib"], Report(ScalePlan.UpTo(10_000), Bad).Targets().Select(target => target.Name));
        Assert.Equal("api_memory_mib", Assert.Single(Report(ScalePlan.Only(new(10_000, 10_000)), Bad).Targets()).Name);
    }

    private static ScaleReport Report(ScalePlan plan, Func<ScalePoint, PointFigures>? measure = null) =>
        new(plan, [.. plan.Points.Select(measure ?? (point => Good(point)))]);

    private static double Of(ScaleReport report, string name) => report.Figures().Single(figure => figure.Name == name).Value;

    private static PointFigures Good(ScalePoint point, params (string Name, double Value)[] others)
    {
        string[] names =
        [
            "scrape_s", "warm_s", "scrape_to_warm_s", "first_miss_ms", "next_miss_ms", "first_redis_ms", "steady_us", "steady_p99_us",
            "api_mib", "worker_mib",
        ];
        var values = names.ToDictionary(name => name, _ => 1.0);
        foreach (var (name, value) in others)
        {
            values[name] = value;
        }

        return new(point, values);
    }

    private static PointFigures Bad(ScalePoint point) => Good(point, ("scrape_to_warm_s", 999), ("api_mib", 999));
}
