using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load.Running;

/// <summary>One request that was answered, rightly or not, or was not.</summary>
/// <param name="Action">What for.</param>
/// <param name="Milliseconds">From before it was sent until its whole answer was there.</param>
/// <param name="IsPeak">Whether as many users as ever were there.</param>
/// <param name="IsRight">Whether the answer was one that the route may give.</param>
/// <param name="Status">The status; 0 where none came.</param>
/// <param name="Cache">Where it came from; null where the route does not state it.</param>
internal readonly record struct LoadSample(LoadAction Action, double Milliseconds, bool IsPeak, bool IsRight, int Status, string? Cache);

/// <summary>Everything that was measured, by all users.</summary>
internal sealed class LoadLog
{
    private const int KeptProblems = 10;

    private readonly Lock _gate = new();
    private readonly List<LoadSample> _samples = [];
    private readonly List<string> _problems = [];

    /// <summary>The first wrong answers, as text.</summary>
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

    /// <summary>The samples so far.</summary>
    public LoadSummary Summarize()
    {
        lock (_gate)
        {
            return new LoadSummary([.. _samples]);
        }
    }
}
