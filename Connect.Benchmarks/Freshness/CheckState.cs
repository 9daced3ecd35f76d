using Connect.Benchmarks.Freshness.Instances;
using Connect.Testing.Freshness;

namespace Connect.Benchmarks.Freshness;

/// <summary>The state that the parts of one check share.</summary>
internal sealed class CheckState
{
    private readonly Action<string> _note;

    public CheckState(
        FreshnessOptions options, CheckedSystem system, IReadOnlyList<InstanceProcess> instances, IEnumerable<int> words,
        IEnumerable<int> revisions, Action<string> note)
    {
        (Options, System, Instances, _note) = (options, system, instances, note);
        Organizations = [.. words.Select(word => new VersionRegister(word))];
        Programs = [.. revisions.Select(revision => new VersionRegister(revision))];
        Oracle = new FreshnessOracle(Organizations, Programs, Timeline, ToTicks(options.Promise));
    }

    public FreshnessOptions Options { get; }

    public CheckedSystem System { get; }

    public IReadOnlyList<InstanceProcess> Instances { get; }

    /// <summary>The word of each organization.</summary>
    public IReadOnlyList<VersionRegister> Organizations { get; }

    /// <summary>The revision of each word's program.</summary>
    public IReadOnlyList<VersionRegister> Programs { get; }

    public FaultTimeline Timeline { get; } = new();

    public FreshnessOracle Oracle { get; }

    /// <summary>A duration on the monotonic clock.</summary>
    public static long ToTicks(TimeSpan duration) => (long)(duration.TotalSeconds * Stopwatch.Frequency);

    /// <summary>An instance that changes may be sent to.</summary>
    public InstanceProcess? InstanceForWrites(Random random)
    {
        var up = Instances.Where(instance => instance is { IsUp: true, IsStopped: false }).ToList();
        return up.Count == 0 ? null : up[random.Next(up.Count)];
    }

    public void Note(string text) => _note(text);
}
