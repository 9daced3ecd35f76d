using System.Numerics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Tests;

/// <summary>Reads the totals of counters.</summary>
internal static class Counted
{
    /// <summary>The series that were counted at least once.</summary>
    public static List<CollectedMeasurement<T>> ReadCounted<T>(this MetricCollector<T> collector)
        where T : struct, INumber<T> => [.. collector.ReadSeries().Where(measurement => measurement.Value != T.Zero)];

    /// <summary>Every series that there is, at zero too.</summary>
    public static IReadOnlyList<CollectedMeasurement<T>> ReadSeries<T>(this MetricCollector<T> collector)
        where T : struct
    {
        collector.Clear();
        collector.RecordObservableInstruments();
        return collector.GetMeasurementSnapshot();
    }
}
