using Connect.Testing.Freshness;

namespace Connect.Benchmarks.Freshness;

/// <summary>
/// The result of a check: a name and a value a line, and whether the promise was kept. Evictions are changes that were
/// acknowledged, under load and in the quiet phase. Wrong after recovery are keys that, with everything over, some
/// instance answered otherwise than Postgres.
/// </summary>
internal sealed record FreshnessReport(
    FreshnessOptions Options, FreshnessVerdict Verdict, double LoadSeconds, long Evictions, long IdleEvictions, long ReadsNotSent,
    long RefusedChanges, long SettledAsDone, Percentiles Propagation, Percentiles PropagationIdle, int Unheard, int Polled,
    int WrongAfterRecovery, int Probes, double? ProcessorPercent, double DriverPercent,
    IReadOnlyDictionary<string, SortedDictionary<string, double>> Faults)
{
    /// <summary>Why the check failed; empty where the promise was kept.</summary>
    public IReadOnlyList<string> Broken
    {
        get
        {
            List<string> broken = [];
            void Expect(bool isKept, string what)
            {
                if (!isKept)
                {
                    broken.Add(what);
                }
            }

            var asked = Verdict.Reads + ReadsNotSent;
            Expect(Verdict.StaleReads == 0, "stale reads");
            Expect(Verdict.ImpossibleReads == 0, "reads of what was never true");
            Expect(WrongAfterRecovery == 0, "wrong after recovery");
            Expect(Verdict.FailedReads == 0, "failed reads while Postgres was up");
            Expect(Verdict.FailedChanges == 0, "failed changes while Postgres was up");
            Expect(Verdict.MarkedWithoutCause == 0, "answers marked stale while Postgres was up");
            Expect(Probes > 0 && Evictions > 0, "nothing was checked");
            Expect(
                Options.StopWhenStale || Options.Faults.Count > 0 || asked >= Options.ReadsPerSecond * LoadSeconds * 0.9,
                "too few reads were asked for");
            Expect(Options.Faults.Count > 0 || ReadsNotSent <= asked * 0.05, "the instances could not take the reads");
            Expect(Verdict.Answered > Verdict.Reads / 2, "too few reads were answered");
            Expect(MemoryShare >= 0.5 || Options.Variant.Name != Variants.FreshnessVariant.Connect, "too few memory hits");
            Expect(Faults.Values.All(counters => counters.GetValueOrDefault("uncached_503_max_ms") <= 1500), "slow refusals");
            return broken;
        }
    }

    public double MemoryShare =>
        Verdict.Answered == 0 ? 0 : (double)Verdict.ReadsBy[(int)ReadOutcome.Memory] / Verdict.Answered;

    public IEnumerable<string> Lines()
    {
        yield return Line("variant", Options.Variant.Name);
        yield return Line("seed", Options.Seed);
        yield return Line("instances", Options.Instances);
        yield return Line("load_seconds", LoadSeconds);
        yield return Line("stale_reads", Verdict.StaleReads);
        yield return Line("worst_staleness_ms", ToMilliseconds(Verdict.WorstStaleness));
        yield return Line("worst_staleness_undisturbed_ms", ToMilliseconds(Verdict.WorstStalenessUndisturbed));
        yield return Line("overruled_reads", Verdict.OverruledReads);
        yield return Line("impossible_reads", Verdict.ImpossibleReads);
        yield return Line("reads", Verdict.Reads);
        foreach (var outcome in Enum.GetValues<ReadOutcome>())
        {
            yield return Line($"reads_by {outcome.ToString().ToLowerInvariant()}", Verdict.ReadsBy[(int)outcome]);
        }

        yield return Line("reads_not_sent", ReadsNotSent);
        yield return Line("evictions", Evictions);
        yield return Line("evictions_idle", IdleEvictions);
        yield return Line("failed_requests", Verdict.FailedReads + Verdict.FailedChanges);
        yield return Line("refused_changes", RefusedChanges);
        yield return Line("refused_changes_that_were_done", SettledAsDone);
        yield return Line("marked_stale_reads", Verdict.ReadsBy[(int)ReadOutcome.MarkedStale]);
        yield return Line("marked_stale_without_cause", Verdict.MarkedWithoutCause);
        foreach (var (name, propagation) in new[] { ("propagation", Propagation), ("propagation_idle", PropagationIdle) })
        {
            yield return Line($"{name}_count", propagation.Count);
            yield return Line($"{name}_p50_ms", propagation.Median);
            yield return Line($"{name}_p99_ms", propagation.P99);
            yield return Line($"{name}_max_ms", propagation.Max);
        }

        yield return Line("propagation_unheard", Unheard);
        yield return Line("propagation_polled", Polled);
        yield return Line("probes_after_recovery", Probes);
        yield return Line("wrong_after_recovery", WrongAfterRecovery);
        yield return Line("processor_percent", ProcessorPercent is { } percent ? percent : "unknown");
        yield return Line("driver_processor_percent", DriverPercent);
        foreach (var (fault, counters) in Faults)
        {
            foreach (var (counter, value) in counters)
            {
                yield return Line($"fault {fault} {counter}", value);
            }
        }

        foreach (var (read, overruledFor) in Verdict.Examples)
        {
            var wrong = overruledFor is { } ticks ? $"overruled for {ToMilliseconds(ticks):0} ms" : "never true";
            yield return Line(
                "example",
                $"{FreshnessWords.TitleOf(read.Word, read.Revision)} of organization {read.Organization} by instance {read.Instance} "
                + $"from {read.Outcome.ToString().ToLowerInvariant()}, asked at {ToMilliseconds(read.StartedAt):0}, {wrong}");
        }

        yield return Line("verdict", Broken.Count == 0 ? "kept" : $"broken: {string.Join(", ", Broken)}");
    }

    private static double ToMilliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private static string Line(string name, object value) =>
        FormattableString.Invariant($"{name}: {(value is double number ? Math.Round(number, 2) : value)}");
}
