using Connect.Benchmarks.Freshness.Load;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Carries out a schedule while the load goes on.</summary>
internal sealed class FaultRunner(CheckState check, Writers writers)
{
    private readonly List<(string Name, FaultRun Run)> _runs = [];

    /// <summary>The figures of each fault, all its runs together.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, double>> Conclude()
    {
        _runs.ForEach(run => run.Run.Conclude());
        return new SortedDictionary<string, SortedDictionary<string, double>>(
            _runs.GroupBy(run => run.Name, run => run.Run).ToDictionary(runs => runs.Key, Add), StringComparer.Ordinal);
    }

    /// <summary>Makes every fault once, and goes on until the time is over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = check.Options;
        var names = options.Faults.Where(IsPossible).Distinct().ToList();
        var random = new Random(options.Seed);
        var startedAt = Stopwatch.GetTimestamp();
        var made = 0;
        foreach (var (name, after) in Plan(names, options.Seed, TimeSpan.FromSeconds(options.Quick ? 0.5 : 4)))
        {
            if (made >= names.Count && Stopwatch.GetElapsedTime(startedAt) >= options.Duration)
            {
                return;
            }

            await Task.Delay(after, cancellationToken);
            check.Note(name);
            var run = new FaultRun(check, writers, random);
            _runs.Add((name, run));
            await Fault.Find(name).RunAsync(run, cancellationToken);
            run.End();
            made++;
        }

        if (options.Duration - Stopwatch.GetElapsedTime(startedAt) is { } rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, cancellationToken);
        }
    }

    /// <summary>Rounds in which each fault comes once, in an order and at moments from the seed, without end.</summary>
    /// <returns>Each fault, and how long after the end of the one before.</returns>
    public static IEnumerable<(string Name, TimeSpan After)> Plan(IReadOnlyList<string> names, int seed, TimeSpan meanGap)
    {
        var random = new Random(seed);
        while (names.Count > 0)
        {
            var round = names.Distinct().Order(StringComparer.Ordinal).ToArray();
            random.Shuffle(round);
            foreach (var name in round)
            {
                yield return (name, meanGap * (0.5 + random.NextDouble()));
            }
        }
    }

    // Of times the longest, of everything else the sum.
    private static SortedDictionary<string, double> Add(IEnumerable<FaultRun> runs) => new(
        runs.SelectMany(run => run.Counters).GroupBy(counter => counter.Key, counter => counter.Value).ToDictionary(
            values => values.Key,
            values => values.Key.EndsWith("_ms", StringComparison.Ordinal) ? values.Max() : values.Sum()),
        StringComparer.Ordinal);

    private bool IsPossible(string name)
    {
        if (Fault.Find(name).Obstacle?.Invoke(check) is { } missing)
        {
            check.Note($"{name} is left out: it needs {missing}, which this machine does not have");
            return false;
        }

        return true;
    }
}
