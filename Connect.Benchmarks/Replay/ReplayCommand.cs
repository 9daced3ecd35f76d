using Connect.Benchmarks.Replay.Figures;
using Connect.Benchmarks.Replay.Plan;
using Connect.Benchmarks.Replay.Rules;
using Connect.Benchmarks.Replay.Running;
using Connect.Caching.Layers;

namespace Connect.Benchmarks.Replay;

/// <summary>
/// <c>replay [ORGANIZATIONS ...]</c>: a week in January of so many organizations in simulated time, against two
/// instances of the API, the worker, Postgres and Redis, once under each of four sets of rules. Only the clock is
/// simulated: both tiers expire by it. The default takes some minutes.
/// </summary>
internal static class ReplayCommand
{
    public const string Usage = "replay [organizations, 20 to 10000 each, default 50 500 5000]";

    private const int MinOrganizations = 20;

    // As many as the worker warms.
    private const int MaxOrganizations = 10_000;

    // The targets for this number of organizations, with warming.
    private const int Promised = 500;
    private const double AskedHitRate = 0.90;
    private const double AskedSaved = 0.80;

    private static readonly int[] DefaultSizes = [50, 500, 5_000];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        List<(int Size, ImmutableDictionary<ReplayRules, ReplayResult> Results)> all = [];
        foreach (var size in ParseSizes(arguments))
        {
            all.Add((size, await ReplayAsync(ReplayPlan.Of(size))));
        }

        foreach (var (size, results) in all)
        {
            Print(size, results);
        }

        // Statements of one instance's listener and poller in a real week. A replay takes too little real time to count
        // them.
        Figure.Print("sweeps_per_process_and_real_week", TimeSpan.FromDays(SeoulWeek.Days) / new CacheOptions().PollInterval);
        return all.TrueForAll(entry => entry.Size != Promised || IsKept(entry.Results)) ? 0 : 1;
    }

    /// <summary>The numbers of organizations that are asked for.</summary>
    /// <exception cref="UsageException">One is out of range, or is there twice.</exception>
    internal static IReadOnlyList<int> ParseSizes(Arguments arguments)
    {
        List<int> sizes = [];
        while (arguments.NextCount("organizations", MinOrganizations, MaxOrganizations) is { } size)
        {
            sizes.Add(sizes.Contains(size) ? throw new UsageException($"{size} is there twice.") : size);
        }

        return sizes is [] ? DefaultSizes : sizes;
    }

    private static async Task<ImmutableDictionary<ReplayRules, ReplayResult>> ReplayAsync(ReplayPlan plan)
    {
        Console.WriteLine($"{plan.Organizations} organizations, {plan.Checks} questions, {plan.Announcements.Length} announcements:");
        await using var site = await ReplaySite.StartAsync(plan);
        var results = ImmutableDictionary.CreateBuilder<ReplayRules, ReplayResult>();
        foreach (var rules in ReplayRules.All)
        {
            var started = Stopwatch.GetTimestamp();
            await site.ResetAsync();
            await using var system = await ReplaySystem.StartAsync(site, plan, rules, Replayer.StartsAt);
            var result = await new Replayer(site, plan, rules, system).RunAsync();
            Console.WriteLine($"{rules.Name} ({rules.What}): {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
            result.Tell();
            results.Add(rules, result);
        }

        return results.ToImmutable();
    }

    private static void Print(int size, ImmutableDictionary<ReplayRules, ReplayResult> results)
    {
        foreach (var rules in ReplayRules.All)
        {
            results[rules].Print($"{size}_{rules.Name}");
        }

        var (warmed, cold) = (results[ReplayRules.Warmed], results[ReplayRules.Cold]);
        var (first, uncached) = (results[ReplayRules.FirstPlatform], results[ReplayRules.Uncached]);
        Figure.Print($"{size}_saved_against_uncached", warmed.ReadsSavedAgainst(uncached));
        Figure.Print($"{size}_saved_against_first_platform", warmed.ReadsSavedAgainst(first));
        Figure.Print($"{size}_cold_saved_against_uncached", cold.ReadsSavedAgainst(uncached));
        Figure.Print($"{size}_first_platform_saved_against_uncached", first.ReadsSavedAgainst(uncached));
        Figure.Print($"{size}_saved_against_uncached_with_rankings_stored", warmed.CommandsSavedAgainst(uncached));
    }

    private static bool IsKept(ImmutableDictionary<ReplayRules, ReplayResult> results) =>
        results[ReplayRules.Warmed].Callers.HitRate >= AskedHitRate
        && results[ReplayRules.Warmed].ReadsSavedAgainst(results[ReplayRules.Uncached]) >= AskedSaved;
}
