using System.Collections.Immutable;
using Connect.Benchmarks.Load.Profiles;
using Connect.Benchmarks.Serving;

namespace Connect.Benchmarks.Load.Running;

/// <summary>Statistics of many requests. Wrong answers count too: leaving them out would shorten the times.</summary>
internal sealed class LoadSummary(ImmutableArray<LoadSample> samples)
{
    private const string Stale = "stale";

    private double[] Sorted => field ??= Sort(samples);

    public int Requests => samples.Length;

    public int Errors => samples.Count(static sample => !sample.IsRight);

    /// <summary>Answers 304.</summary>
    public int NotModified => samples.Count(static sample => sample.Status == 304);

    /// <summary>Answers marked <c>stale</c>.</summary>
    public int MarkedStale => samples.Count(static sample => sample.Cache?.Contains(Stale, StringComparison.Ordinal) ?? false);

    /// <summary>The actions, the most frequent first.</summary>
    public IEnumerable<(LoadAction Action, LoadSummary Summary)> ByAction => samples.GroupBy(static sample => sample.Action)
        .OrderByDescending(static group => group.Count())
        .Select(static group => (group.Key, new LoadSummary([.. group])));

    /// <summary>Only requests at the maximum of users.</summary>
    public LoadSummary AtPeak() => new([.. samples.Where(static sample => sample.IsPeak)]);

    /// <summary>Answers from a tier, by its name in <c>X-Cache</c>.</summary>
    public int From(string cache) => samples.Count(sample => sample.Cache?.Split(';')[0] == cache);

    /// <summary>Milliseconds that so many of a hundred took at most.</summary>
    public double Percentile(double percent) => Distribution.Percentile(Sorted, percent);

    private static double[] Sort(ImmutableArray<LoadSample> samples)
    {
        var times = samples.Select(static sample => sample.Milliseconds).ToArray();
        Array.Sort(times);
        return times;
    }
}
