namespace Connect.Benchmarks.Freshness;

/// <summary>
/// Processor use of the machine and of the run: figures of an overloaded machine say little about the measured system.
/// </summary>
internal sealed class ProcessorUse
{
    private readonly (long Busy, long All)? _machine = ReadMachine();
    private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    /// <summary>
    /// Percent of all processors since the object's creation; null where the system does not report it.
    /// </summary>
    public double? MachinePercent() =>
        _machine is { } then && ReadMachine() is { } now && now.All > then.All ? 100.0 * (now.Busy - then.Busy) / (now.All - then.All) : null;

    /// <summary>The same of the driver's own process alone.</summary>
    public double DriverPercent() =>
        100 * (Environment.CpuUsage.TotalTime - _own) / Stopwatch.GetElapsedTime(_startedAt) / Environment.ProcessorCount;

    // cpu user nice system idle iowait irq softirq steal …
    private static (long Busy, long All)? ReadMachine()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var times = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var all = times.Sum();
        return (all - times[3] - times[4], all);
    }
}
