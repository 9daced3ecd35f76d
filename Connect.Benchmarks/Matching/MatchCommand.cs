using System.Diagnostics;
using BenchmarkDotNet.Reports;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Testing.Data;

namespace Connect.Benchmarks.Matching;

/// <summary>
/// <c>match</c>: the cost of a ranking by the number of open programs, in one run and one thread; then all
/// organizations against all programs on all processors. Prints one <c>name: value</c> a line, last.
/// </summary>
internal static class MatchCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Verb = "match";

    private const int Everybody = 10_000;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    /// <summary>Measures and reports.</summary>
    public static int Run()
    {
        if (InProcessBenchmarks.Run(warmups: 5, iterations: 15, typeof(MatchBenchmarks), typeof(IndexBenchmarks)) is not { } measured)
        {
            return 1;
        }

        Report(measured.ToDictionary(report => (
            report.BenchmarkCase.Descriptor.WorkloadMethod.Name, (int)report.BenchmarkCase.Parameters[nameof(MatchBenchmarks.Programs)])));
        return 0;
    }

    private static void Report(Dictionary<(string Method, int Programs), BenchmarkReport> reports)
    {
        double Microseconds(string method, int programs) => reports[(method, programs)].ResultStatistics!.Median / 1000;

        foreach (var size in Sizes)
        {
            Figure.Print($"rank_{size}_us", Microseconds(nameof(MatchBenchmarks.Index), size));
        }

        foreach (var size in Sizes)
        {
            var report = reports[(nameof(MatchBenchmarks.Index), size)];
            Figure.Print($"rank_{size}_bytes", report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
        }

        foreach (var size in Sizes)
        {
            Figure.Print($"scan_{size}_us", Microseconds(nameof(MatchBenchmarks.Scan), size));
        }

        foreach (var size in Sizes)
        {
            Figure.Print($"scan_to_rank_{size}", Microseconds(nameof(MatchBenchmarks.Scan), size) / Microseconds(nameof(MatchBenchmarks.Index), size));
        }

        foreach (var size in Sizes)
        {
            Figure.Print($"index_{size}_ms", Microseconds(nameof(IndexBenchmarks.Build), size) / 1000);
        }

        // From 1,000 to 100,000 programs: 1 means proportional to the number of programs, 0 constant.
        Figure.Print("growth_exponent", Math.Log10(Microseconds(nameof(MatchBenchmarks.Index), Sizes[^1]) / Microseconds(nameof(MatchBenchmarks.Index), Sizes[0])) / 2);
        Figure.Print($"all_{Everybody}_organizations_{Everybody}_programs_s", MeasureEverybody().TotalSeconds);
    }

    /// <summary>Each organization's ranking, with its reasons, index included, on all processors.</summary>
    private static TimeSpan MeasureEverybody()
    {
        var programs = GeneratedPrograms.Programs(Everybody);
        var organizations = GeneratedPrograms.Organizations(Everybody);
        var engine = new MatchEngine();
        var started = Stopwatch.GetTimestamp();
        Parallel.ForEach(organizations, organization => engine.Rank(organization, programs, GeneratedPrograms.Now, MatchResults.MaxRanking));
        return Stopwatch.GetElapsedTime(started);
    }
}
