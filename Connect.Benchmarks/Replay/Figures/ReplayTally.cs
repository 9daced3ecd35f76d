using Connect.Benchmarks.Replay.Running;
using Connect.Caching.Layers;
using Connect.Data.Model;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>Counts the answers to a week's callers, and the results of its scrapes.</summary>
internal sealed class ReplayTally
{
    private readonly int[] _outcomes = new int[Enum.GetValues<CacheOutcome>().Length];
    private readonly List<double> _microseconds = [];

    public int Checks => _microseconds.Count;

    /// <summary>Commands by the answers' headers, the storing of rankings included.</summary>
    public long Queries { get; private set; }

    /// <summary>Queries for generations by the answers' headers.</summary>
    public long GenerationQueries { get; private set; }

    /// <summary>Runs of boards, and those that found something new or changed.</summary>
    public (int All, int WithNews) Runs { get; private set; }

    public int News { get; private set; }

    public void Add(CheckAnswer answer, TimeSpan elapsed)
    {
        _outcomes[(int)answer.Outcome]++;
        _microseconds.Add(elapsed.TotalMicroseconds);
        Queries += answer.Queries;
        GenerationQueries += answer.GenerationQueries;
    }

    public void Add(ScrapeRun run)
    {
        var news = run.New + run.Changed;
        Runs = (Runs.All + 1, Runs.WithNews + (news > 0 ? 1 : 0));
        News += news;
    }

    /// <summary>The share of answers from a tier.</summary>
    public double RateOf(CacheOutcome outcome) => (double)_outcomes[(int)outcome] / Checks;

    /// <summary>The share of answers that were not computed for their caller.</summary>
    public double HitRate => RateOf(CacheOutcome.Memory) + RateOf(CacheOutcome.Redis);

    /// <summary>How long callers waited, in microseconds.</summary>
    public (double Median, double NinetyNinth) Latency()
    {
        double[] sorted = [.. _microseconds.Order()];
        return (Distribution.Median(sorted), Distribution.Percentile(sorted, 99));
    }
}
