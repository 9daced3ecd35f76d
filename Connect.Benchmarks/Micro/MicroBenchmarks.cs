namespace Connect.Benchmarks.Micro;

/// <summary>
/// <c>micro</c>: the cost of a hit, beside the stock cache and FusionCache, in one run. Prints one <c>name: value</c> a
/// line, last.
/// </summary>
internal static class MicroBenchmarks
{
    public const string Usage = "micro";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        arguments.End();
        if (InProcessBenchmarks.Run(warmups: 8, iterations: 25, typeof(HitBenchmarks)) is not { } measured)
        {
            return 1;
        }

        var reports = measured.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name);
        double Median(string name) => reports[name].ResultStatistics!.Median;
        long Allocated(string name) => reports[name].GcStats.GetBytesAllocatedPerOperation(reports[name].BenchmarkCase) ?? 0;

        var redis = await RedisHits.MeasureAsync();
        Figure.Print("memory_hit_connect_ns", Median(nameof(HitBenchmarks.MemoryHitConnect)));
        Figure.Print("memory_hit_stock_ns", Median(nameof(HitBenchmarks.MemoryHitStock)));
        Figure.Print("memory_hit_fusion_ns", Median(nameof(HitBenchmarks.MemoryHitFusion)));
        Figure.Print("redis_hit_connect_us", redis.Connect);
        Figure.Print("redis_hit_stock_us", redis.Stock);
        Figure.Print("memory_hit_connect_bytes", Allocated(nameof(HitBenchmarks.MemoryHitConnect)));
        Figure.Print("memory_hit_stock_bytes", Allocated(nameof(HitBenchmarks.MemoryHitStock)));
        Figure.Print("memory_hit_fusion_bytes", Allocated(nameof(HitBenchmarks.MemoryHitFusion)));
        Figure.Print("memory_hit_to_stock", Median(nameof(HitBenchmarks.MemoryHitConnect)) / Median(nameof(HitBenchmarks.MemoryHitStock)));
        Figure.Print("memory_hit_to_fusion", Median(nameof(HitBenchmarks.MemoryHitConnect)) / Median(nameof(HitBenchmarks.MemoryHitFusion)));
        Figure.Print("redis_hit_to_stock", redis.ConnectToStock);
        return 0;
    }
}
