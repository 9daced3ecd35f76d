using System.Diagnostics;
using Connect.Benchmarks.Freshness.Load;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Carries out a schedule while the load goes on.</summary>
internal sealed class FaultRunner(CheckState check, Writers writers)
{
    private readonly SortedDictionary<string, SortedDictionary<string, double>> _counters = new(StringComparer.Ordinal);
    private readonly List<(string Name, FaultRun Run)> _runs = [];

    /// <summary>The figures of each fault, all its runs together.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, double>> Conclude()
    {
        foreach (var (name, run) in _runs)
        {
            run.Conclude();
            if (!_counters.TryGetValue(name, out var counters))
            {
                _counters[name] = counters = new(StringComparer.Ordinal);
            }

            foreach (var (counter, value) in run.Counters)
            {
                var known = counters.GetValueOrDefault(counter);
                counters[counter] = counter.EndsWith("_ms", StringComparison.Ordinal) ? Math.Max(known, value) : known + value;
            }
        }

        _runs.Clear();
        return _counters;
    }

    /// <summary>Makes every fault once, and goes on until the time is over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = check.Options;
        var names = options.Faults.Where(IsPossible).Distinct().ToList();
        var random = new Random(options.Seed);
        var startedAt = Stopwatch.GetTimestamp();
        var made = 0;
        foreach (var (name, after) in FaultSchedule.Plan(names, options.Seed, TimeSpan.FromSeconds(options.Quick ? 0.5 : 4)))
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
            made++;
        }

        if (options.Duration - Stopwatch.GetElapsedTime(startedAt) is { } rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, cancellationToken);
        }
    }

    private bool IsPossible(string name)
    {
        if (Fault.Find(name).Obstacle(check) is { } missing)
        {
            check.Note($"{name} is left out: it needs {missing}, which this machine does not have");
            return false;
        }

        return true;
    }
}
