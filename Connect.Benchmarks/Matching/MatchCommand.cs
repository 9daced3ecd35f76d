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
    public const string Usage = "match";

    private const int Everybody = 10_000;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    public static Task<int> RunAsync(Arguments arguments)
    {
        arguments.End();
        if (InProcessBenchmarks.Run(warmups: 5, iterations: 15, typeof(MatchBenchmarks), typeof(IndexBenchmarks)) is not { } measured)
        {
            return Task.FromResult(1);
        }

        Report(measured.ToDictionary(report => (
            report.BenchmarkCase.Descriptor.WorkloadMethod.Name, (int)report.BenchmarkCase.Parameters[nameof(MatchBenchmarks.Programs)])));
        return Task.FromResult(0);
    }

    private static void Report(Dictionary<(string Method, int Programs), BenchmarkReport> reports)
    {
        double Microseconds(string method, int programs) => reports[(method, programs)].ResultStatistics!.Median / 1000;

        double Bytes(int programs)
        {
            var report = reports[(nameof(MatchBenchmarks.Index), programs)];
            return report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        }

        static void Print(Func<int, string> nameOf, Func<int, double> valueOf)
        {
            foreach (var size in Sizes)
            {
                Figure.Print(nameOf(size), valueOf(size));
            }
        }

        double Rank(int programs) => Microseconds(nameof(MatchBenchmarks.Index), programs);
        double Scan(int programs) => Microseconds(nameof(MatchBenchmarks.Scan), programs);
        Print(size => $"rank_{size}_us", Rank);
        Print(size => $"rank_{size}_bytes", Bytes);
        Print(size => $"scan_{size}_us", Scan);
        Print(size => $"scan_to_rank_{size}", size => Scan(size) / Rank(size));
        Print(size => $"index_{size}_ms", size => Microseconds(nameof(IndexBenchmarks.Build), size) / 1000);

        // From 1,000 to 100,000 programs: 1 would be as fast as the number of programs, 0 not at all.
        Figure.Print("growth_exponent", Math.Log10(Rank(Sizes[^1]) / Rank(Sizes[0])) / 2);
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
