using Connect.Benchmarks;
using Connect.Benchmarks.Http;
using Connect.Benchmarks.Http.Wrk;
using Connect.Benchmarks.Serving;

namespace Connect.Tests.Unit.Benchmarks.Http;

/// <summary>The load generator's script and the parsing of its output.</summary>
public sealed class WrkTests
{
    private const string Output = """
        Running 2s test @ http://127.0.0.1:5000/
          1 threads and 32 connections
        measured 60000 2000000 1 2 510 920 1500 9000

        """;

    private static readonly Dictionary<string, string> Headers = new() { ["Authorization"] = "Bearer a\\b\"c" };

    [Fact]
    public void Report_is_read()
    {
        var result = WrkResult.Parse(Output);

        Assert.Equal(new WrkResult(60_000, TimeSpan.FromSeconds(2), 1, 2, 510, 920, 1_500, 9_000), result);
        Assert.Equal(30_000, result.PerSecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData("unable to connect to 127.0.0.1:1 Connection refused")]
    [InlineData("measured 1 2 3")]
    public void Missing_report_is_an_error(string output) => Assert.Throws<FormatException>(() => WrkResult.Parse(output));

    [Fact]
    public void One_request_needs_no_script_while_it_runs()
    {
        var script = WrkScript.Of([new("POST", "/one?a=b", Headers)]);

        Assert.Contains("wrk.method = \"POST\"", script, StringComparison.Ordinal);
        Assert.Contains("wrk.path = \"/one?a=b\"", script, StringComparison.Ordinal);
        Assert.Contains("wrk.headers[\"Authorization\"] = \"Bearer a\\\\b\\\"c\"", script, StringComparison.Ordinal);
        Assert.DoesNotContain("function request()", script, StringComparison.Ordinal);
        Assert.Contains("function done(", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_requests_take_turns()
    {
        var script = WrkScript.Of([.. Enumerable.Range(0, 2_500).Select(number => new WrkRequest("GET", $"/{number}", Headers))]);

        Assert.Contains("function request()", script, StringComparison.Ordinal);
        Assert.Equal(2_500, script.Split("wrk.format(").Length - 1);
        Assert.Equal(3, script.Split("pieces[#pieces + 1] = function()").Length - 1);
    }

    [Theory]
    [InlineData("", 7, 2, "1,32,256")]
    [InlineData("--rounds 3 --seconds 5", 3, 5, "1,32,256")]
    [InlineData("--connections 32", 7, 2, "32")]
    public void Options_are_read(string text, int rounds, int seconds, string connections)
    {
        var options = HttpOptions.Parse(new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal((rounds, seconds, connections), (options.Rounds, options.Seconds, string.Join(',', options.Connections)));
    }

    [Theory]
    [InlineData("--rounds")]
    [InlineData("--rounds 0")]
    [InlineData("--seconds 61")]
    [InlineData("--connections -1")]
    [InlineData("--others 1")]
    [InlineData("32")]
    [InlineData("--shapes constant,nothing")]
    public void Other_options_are_none(string text) => Assert.Throws<UsageException>(() => HttpOptions.Parse(new(text.Split(' '))));

    [Fact]
    public void Metrics_are_summed_by_labels()
    {
        var metrics = new PrometheusText("""
            # TYPE reads_total counter
            reads_total{layer="matches",outcome="memory"} 5 1790000000000
            reads_total{layer="matches",outcome="miss"} 2
            reads_total{layer="members",outcome="memory"} 7
            reads_total_of_others{layer="matches"} 100
            bytes_total 1.5e3

            """);

        Assert.Equal(14, metrics.Sum("reads_total"));
        Assert.Equal(7, metrics.Sum("reads_total", "layer=\"matches\""));
        Assert.Equal(5, metrics.Sum("reads_total", "layer=\"matches\"", "outcome=\"memory\""));
        Assert.Equal(1_500, metrics.Sum("bytes_total"));
        Assert.Equal(0, metrics.Sum("unknown_total"));
    }
}
