using Connect.Benchmarks.Load.Profiles;

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

/// <summary>
/// A request: the milliseconds from before it was sent until its whole answer was there, whether as many users as ever
/// were there, whether the answer was one that the route may give, its status (0 for none) and <c>X-Cache</c>.
/// </summary>
internal readonly record struct LoadSample(LoadAction Action, double Milliseconds, bool IsPeak, bool IsRight, int Status, string? Cache);

/// <summary>Everything that was measured, by all users.</summary>
internal sealed class LoadLog
{
    private const int KeptProblems = 10;

    private readonly Lock _gate = new();
    private readonly List<LoadSample> _samples = [];
    private readonly List<string> _problems = [];

    /// <summary>The first of what went wrong, in words.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public void Add(LoadSample sample, string? problem)
    {
        lock (_gate)
        {
            _samples.Add(sample);
            if (problem is not null && _problems.Count < KeptProblems)
            {
                _problems.Add(problem);
            }
        }
    }

    public LoadSummary Summarize()
    {
        lock (_gate)
        {
            return new LoadSummary([.. _samples]);
        }
    }
}
