using System.Diagnostics;
using System.Globalization;
using Connect.Benchmarks.Servers;

namespace Connect.Benchmarks.Serving;

/// <summary>What a process of the API has used since it was started.</summary>
/// <param name="Processor">Processor time, of all threads.</param>
/// <param name="Allocated">Bytes allocated on the managed heap.</param>
/// <param name="Resident">Bytes of memory that it holds now.</param>
/// <param name="Peak">The most that it held.</param>
internal readonly record struct ProcessUse(TimeSpan Processor, long Allocated, long Resident, long Peak)
{
    private const string AllocatedMetric = "dotnet_gc_heap_total_allocated_bytes_total";

    /// <summary>Looks at a process; what it has allocated it tells itself, with its metrics.</summary>
    public static async Task<ProcessUse> OfAsync(ServerProcess server)
    {
        var metrics = await server.Http.GetStringAsync("/metrics");
        using var process = Process.GetProcessById(server.ProcessId);
        return new(process.TotalProcessorTime, ReadAllocated(metrics), process.WorkingSet64, process.PeakWorkingSet64);
    }

    private static long ReadAllocated(string metrics)
    {
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(AllocatedMetric, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The process does not tell {AllocatedMetric}.");
        return (long)double.Parse(line.Split('}')[^1].TrimStart().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
