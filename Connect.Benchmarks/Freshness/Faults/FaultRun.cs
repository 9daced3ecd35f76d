using Connect.Benchmarks.Freshness.Instances;
using Connect.Benchmarks.Freshness.Load;
using Connect.Testing.Freshness;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>The system that a fault is made in, and the figures that it counts.</summary>
internal sealed class FaultRun(CheckState check, Writers writers, Random random)
{
    // The Retry-After of refused requests: by then everything has to work again.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(3);

    private readonly List<FaultTimeline.Window> _open = [];
    private readonly List<FaultTimeline.Window> _all = [];

    public CheckState Check => check;

    public Writers Writers => writers;

    public Random Random => random;

    /// <summary>The figures of this fault in the report.</summary>
    public SortedDictionary<string, double> Counters { get; } = new(StringComparer.Ordinal) { ["runs"] = 1 };

    /// <summary>A duration, as it is or shortened for tests.</summary>
    public TimeSpan For(double seconds, double quickSeconds) => TimeSpan.FromSeconds(check.Options.Quick ? quickSeconds : seconds);

    public void Add(string counter, double count = 1) => Counters[counter] = Counters.GetValueOrDefault(counter) + count;

    public void Raise(string counter, double value) => Counters[counter] = Math.Max(Counters.GetValueOrDefault(counter), value);

    /// <summary>Opens the window of a fault in which the promise of 100 ms still holds.</summary>
    public void Begin() => Open();

    /// <summary>From here on instances may be unable to know: an overruled answer may be as old as the lease.</summary>
    public void BeginIgnorance() => Open(allowance: CheckState.ToTicks(check.Options.LeaseDuration + check.Options.Promise));

    /// <summary>Opens a window in which Postgres is away.</summary>
    public void BeginOutage()
    {
        BeginIgnorance();
        Open(isOutage: true);
    }

    /// <summary>Opens a window in which an instance's requests may be lost.</summary>
    public void BeginLoss(InstanceProcess instance) => Open(instance: instance.Index);

    /// <summary>Nothing is wrong any more; the windows stay open for as long as its consequences may last.</summary>
    public void End()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var window in _open)
        {
            window.Close(now + (window.IsOutage ? CheckState.ToTicks(Recovery) : window.Allowance));
        }

        _open.Clear();
    }

    /// <summary>Records the age of the oldest answer during the fault.</summary>
    public void Conclude() => Raise("worst_staleness_ms", _all.Select(window => window.Worst).DefaultIfEmpty().Max() * 1000.0 / Stopwatch.Frequency);

    public InstanceProcess AnyInstance() => check.InstanceForWrites(random) ?? throw new InvalidOperationException("No instance works.");

    private void Open(long allowance = 0, bool isOutage = false, int? instance = null)
    {
        var window = check.Timeline.Open(Stopwatch.GetTimestamp(), allowance, isOutage, instance);
        _open.Add(window);
        _all.Add(window);
    }
}
