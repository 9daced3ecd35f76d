using Connect.Benchmarks.Http;
using Connect.Benchmarks.Http.Wrk;

namespace Connect.Tests.Unit.Benchmarks.Http;

/// <summary>A target that is missed ends the benchmark with an error.</summary>
public sealed class HttpReportTests
{
    private const int Asked = 32;

    [Fact]
    public void All_met_is_success() => Assert.True(ReportOf().Print());

    [Theory]
    [InlineData(Shape.Constant, 112, 10, 1_000)]
    [InlineData(Shape.Constant, 100, 6, 1_000)]
    [InlineData(Shape.Constant, 100, 10, -200)]
    [InlineData(Shape.FirstPlatform, 21, 10, 1_000)]
    [InlineData(Shape.Fusion, 101, 10, 1_000)]
    [InlineData(Shape.Stock, 106, 10, 1_000)]
    public void One_missed_is_failure(string shape, double perSecond, double p99, double bytes) =>
        Assert.False(ReportOf((shape, Of(perSecond, p99, bytes))).Print());

    [Fact]
    public void Other_numbers_of_connections_have_no_target()
    {
        var report = ReportOf();
        report.Add(Shape.Constant, 1, Of(1_000, 1, 0));
        report.Add(Shape.MatchesPost, 1, Of(1, 1_000, 9_000));

        Assert.True(report.Print());
    }

    [Fact]
    public void What_was_not_measured_is_not_missed()
    {
        var report = new HttpReport();
        report.Add(Shape.MatchesPost, Asked, Of(1, 1, 1));

        Assert.True(report.Print());
    }

    private static HttpReport ReportOf(params (string Shape, Round Round)[] instead)
    {
        var rounds = new Dictionary<string, Round>
        {
            [Shape.Constant] = Of(100, 10, 1_000),
            [Shape.MatchesPost] = Of(100, 10, 1_000),
            [Shape.MatchesGet] = Of(100, 10, 1_000),
            [Shape.FirstPlatform] = Of(20, 10, 1_000),
            [Shape.Fusion] = Of(100, 10, 1_000),
            [Shape.Stock] = Of(100, 10, 1_000),
        };
        foreach (var (shape, round) in instead)
        {
            rounds[shape] = round;
        }

        var report = new HttpReport();
        foreach (var (shape, round) in rounds)
        {
            report.Add(shape, Asked, round);
        }

        return report;
    }

    private static Round Of(double perSecond, double p99, double bytes) =>
        new(new WrkResult((long)perSecond, TimeSpan.FromSeconds(1), 0, 0, 1, 1, p99, p99), 10, bytes);
}
