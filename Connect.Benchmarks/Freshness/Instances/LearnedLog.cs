using System.Collections.Concurrent;
using System.Text;
using Connect.Caching.Generations;

namespace Connect.Benchmarks.Freshness.Instances;

/// <summary>Records when this process learned each generation, until the driver reads it.</summary>
internal sealed class LearnedLog
{
    // Bounds memory while the driver does not read.
    private const int MaxEntries = 200_000;

    private readonly ConcurrentQueue<Learned> _entries = new();

    public LearnedLog(GenerationState generations) => generations.Learned += (row, generation, source) =>
    {
        // First, because time before this stamp counts as propagation.
        var at = Stopwatch.GetTimestamp();
        if (_entries.Count < MaxEntries)
        {
            _entries.Enqueue(new Learned(source, row, generation, at));
        }
    };

    /// <summary>The generations that were learned since the last call, one a line.</summary>
    public string Drain()
    {
        var text = new StringBuilder();
        while (_entries.TryDequeue(out var entry))
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Source} {entry.Generation} {entry.At} {entry.Row}\n");
        }

        return text.ToString();
    }
}

/// <summary>A tag's generation that a process learned, and when by the machine's monotonic clock.</summary>
internal readonly record struct Learned(GenerationSource Source, string Row, long Generation, long At)
{
    /// <summary>Reads a line of <see cref="LearnedLog.Drain"/>.</summary>
    public static Learned Parse(string line) => line.Split(' ', 4) is [var source, var generation, var at, var row]
        ? new(
            Enum.Parse<GenerationSource>(source), row,
            long.Parse(generation, CultureInfo.InvariantCulture), long.Parse(at, CultureInfo.InvariantCulture))
        : throw new FormatException($"Not a learned generation: {line}");
}
