using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Connect.Data.Diagnostics;

/// <summary>
/// A counter that exports its known series from the start, at zero. A plain counter's series begins at 1 with its first
/// event, so <c>increase()</c> misses that event, and so would an alert.
/// </summary>
public sealed class SeededCounter
{
    private readonly ConcurrentDictionary<(string First, string Second), long> _counts;

    /// <summary>A counter with one dimension.</summary>
    public SeededCounter(Meter meter, string name, string unit, string description, string dimension, IEnumerable<string> known)
        : this(known.Select(word => (word, "")))
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.CreateObservableCounter(
            name, () => _counts.Select(entry => new Measurement<long>(entry.Value, new KeyValuePair<string, object?>(dimension, entry.Key.First))),
            unit, description);
    }

    /// <summary>A counter with two dimensions.</summary>
    public SeededCounter(
        Meter meter, string name, string unit, string description, (string First, string Second) dimensions,
        IEnumerable<(string First, string Second)> known)
        : this(known)
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.CreateObservableCounter(
            name,
            () => _counts.Select(entry => new Measurement<long>(
                entry.Value, new(dimensions.First, entry.Key.First), new KeyValuePair<string, object?>(dimensions.Second, entry.Key.Second))),
            unit, description);
    }

    private SeededCounter(IEnumerable<(string First, string Second)> known) =>
        _counts = new(known.Select(words => KeyValuePair.Create(words, 0L)));

    /// <summary>Counts by the values of the dimensions; they are few, and never taken from input.</summary>
    public void Add(string first, string second = "", long count = 1) =>
        _counts.AddOrUpdate((first, second), static (_, added) => added, static (_, total, added) => total + added, count);
}
