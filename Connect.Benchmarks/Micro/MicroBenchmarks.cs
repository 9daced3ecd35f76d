using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Connect.Benchmarks.Micro;

/// <summary>
/// <c>micro</c>: what a hit costs beside the stock cache and FusionCache, in one run. Runs in this process, so that
/// it needs nothing but what is built. Prints one <c>name: value</c> a line, last.
/// </summary>
internal static class MicroBenchmarks
{
    /// <summary>How it is asked for.</summary>
    public const string Verb = "micro";

    /// <summary>Measures and reports.</summary>
    public static Task<int> RunAsync()
    {
        var artifacts = Directory.CreateTempSubdirectory("connect-micro-");
        try
        {
            var config = ManualConfig.CreateEmpty()
                .AddLogger(ConsoleLogger.Unicode)
                .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
                .WithArtifactsPath(artifacts.FullName)
                .AddJob(Job.Default
                    .WithToolchain(InProcessEmitToolchain.DontLogOutput)
                    .WithWarmupCount(8).WithIterationCount(25));
            var summary = BenchmarkRunner.Run<HitBenchmarks>(config);
            return Task.FromResult(Report(summary));
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }

    private static int Report(Summary summary)
    {
        var reports = summary.Reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name);
        if (summary.HasCriticalValidationErrors || reports.Values.Any(report => report.ResultStatistics is null))
        {
            Console.Error.WriteLine("A benchmark did not run.");
            return 1;
        }

        double Median(string name) => reports[name].ResultStatistics!.Median;
        long Allocated(string name) => reports[name].GcStats.GetBytesAllocatedPerOperation(reports[name].BenchmarkCase) ?? 0;

        Print("memory_hit_connect_ns", Median(nameof(HitBenchmarks.MemoryHitConnect)));
        Print("memory_hit_stock_ns", Median(nameof(HitBenchmarks.MemoryHitStock)));
        Print("memory_hit_fusion_ns", Median(nameof(HitBenchmarks.MemoryHitFusion)));
        Print("redis_hit_connect_us", Median(nameof(HitBenchmarks.RedisHitConnect)) / 1000);
        Print("redis_hit_stock_us", Median(nameof(HitBenchmarks.RedisHitStock)) / 1000);
        Print("memory_hit_connect_bytes", Allocated(nameof(HitBenchmarks.MemoryHitConnect)));
        Print("memory_hit_stock_bytes", Allocated(nameof(HitBenchmarks.MemoryHitStock)));
        Print("memory_hit_fusion_bytes", Allocated(nameof(HitBenchmarks.MemoryHitFusion)));
        Print("memory_hit_to_stock", Median(nameof(HitBenchmarks.MemoryHitConnect)) / Median(nameof(HitBenchmarks.MemoryHitStock)));
        Print("memory_hit_to_fusion", Median(nameof(HitBenchmarks.MemoryHitConnect)) / Median(nameof(HitBenchmarks.MemoryHitFusion)));
        Print("redis_hit_to_stock", Median(nameof(HitBenchmarks.RedisHitConnect)) / Median(nameof(HitBenchmarks.RedisHitStock)));
        return 0;
    }

    private static void Print(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.###}"));
}
