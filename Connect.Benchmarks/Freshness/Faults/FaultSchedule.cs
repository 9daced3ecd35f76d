namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>One entry of a schedule.</summary>
/// <param name="Name">The fault.</param>
/// <param name="After">How long after the end of the one before.</param>
internal readonly record struct ScheduledFault(string Name, TimeSpan After);

/// <summary>Plans the order and the moments of faults from a seed: the same seed gives the same schedule.</summary>
internal static class FaultSchedule
{
    /// <summary>Endless rounds; each has every fault once, in its own order.</summary>
    public static IEnumerable<ScheduledFault> Plan(IReadOnlyList<string> names, int seed, TimeSpan meanGap)
    {
        var random = new Random(seed);
        while (names.Count > 0)
        {
            var round = names.Distinct().Order(StringComparer.Ordinal).ToArray();
            random.Shuffle(round);
            foreach (var name in round)
            {
                yield return new ScheduledFault(name, meanGap * (0.5 + random.NextDouble()));
            }
        }
    }
}
