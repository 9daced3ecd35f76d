using System.Diagnostics;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Serving;

/// <summary>Resources that a process of the API has used since its start.</summary>
/// <param name="Processor">Processor time, of all threads.</param>
/// <param name="Allocated">Bytes allocated on the managed heap.</param>
/// <param name="Resident">Bytes of memory that it holds now.</param>
/// <param name="Peak">The most that it held.</param>
internal readonly record struct ProcessUse(TimeSpan Processor, double Allocated, long Resident, long Peak)
{
    private const string AllocatedMetric = "dotnet_gc_heap_total_allocated_bytes_total";

    /// <summary>Measures a process; its allocations are read from its own metrics.</summary>
    public static async Task<ProcessUse> OfAsync(ServerProcess server) => Of(server, new(await server.Http.GetStringAsync("/metrics")));

    /// <summary>Measures a process with given metrics.</summary>
    /// <exception cref="InvalidOperationException">The metrics have no allocations.</exception>
    public static ProcessUse Of(ServerProcess server, PrometheusText metrics)
    {
        var allocated = metrics.Sum(AllocatedMetric);
        using var process = Process.GetProcessById(server.ProcessId);
        return allocated > 0
            ? new(process.TotalProcessorTime, allocated, process.WorkingSet64, process.PeakWorkingSet64)
            : throw new InvalidOperationException($"The process does not tell {AllocatedMetric}.");
    }
}
