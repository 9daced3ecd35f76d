using System.Diagnostics.Metrics;

namespace Connect.Core.Diagnostics;

/// <summary>
/// A counter whose foreseeable series are exported from the start, at zero. A plain counter's series begin with their
/// first event, which <c>increase()</c> then does not see: an alert on it would miss exactly that one.
/// </summary>
public sealed class SeededCounter
{
    private readonly Tally _tally;

    /// <summary>A counter with one dimension.</summary>
    public SeededCounter(Meter meter, string name, string unit, string description, string dimension, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _tally = new Tally(known);
        meter.CreateObservableCounter(name, () => _tally.Observe(dimension), unit, description);
    }

    /// <summary>A counter with two dimensions.</summary>
    public SeededCounter(
        Meter meter, string name, string unit, string description, (string First, string Second) dimensions,
        IEnumerable<(string First, string Second)> known)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _tally = new Tally(known);
        meter.CreateObservableCounter(name, () => _tally.Observe(dimensions.First, dimensions.Second), unit, description);
    }

    /// <summary>Counts by the values of the dimensions.</summary>
    public void Add(string first, string second = "", long count = 1) => _tally.Add(first, second, count);
}
