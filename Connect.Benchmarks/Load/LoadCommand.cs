using System.Globalization;
using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Load.Profiles;
using Connect.Benchmarks.Load.Running;

namespace Connect.Benchmarks.Load;

/// <summary>
/// <c>load [PROFILE] [--minutes M]</c>: users who sign in, ask, think and ask again, on two processes of the API as they are
/// deployed, while the boards change and the worker evicts and warms. Every answer is checked.
/// </summary>
internal static class LoadCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Verb = "load";

    public const string Usage = "load [stress|smoke|browse|explanations|mixed, default stress] [--minutes 0.1 to 10, default the profile's]";

    /// <summary>Measures and reports; returns the exit code, null for invalid arguments.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (LoadOptions.Parse(arguments) is not { } profile)
        {
            return null;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{profile.Name}: up to {profile.Peak} users in {profile.Length.TotalMinutes:0.##} minutes"));
        await using var site = await LoadedSite.StartAsync(profile.Peak + WarmUp.Members, profile.Explains);
        if (site.Model is not null)
        {
            Console.WriteLine($"no language model: a stand-in writes each text in {ModelStandIn.Pause.TotalMilliseconds:0} ms");
        }

        using var client = new LoadClient([.. site.Replicas.Select(replica => replica.Address)]);
        var (members, logins) = await SignIn.AllAsync(client, site.Organizations[..(profile.Peak + WarmUp.Members)], site.Password);
        Console.WriteLine($"{members.Length} members are signed in");
        await WarmUp.RunAsync(profile, client, members[profile.Peak..]);

        var log = new LoadLog();
        var texts = site.Model?.Texts;
        var (evicted, used, processors) = (await site.Boards.CountAsync(), site.ProcessorTime(), new ProcessorUse());
        var run = new LoadRun(profile, client, log);
        var turns = site.Boards.RunAsync(profile.Length);
        await run.RunAsync(members);
        var elapsed = run.Elapsed;
        var (usedThen, evictedThen, haveBoardsChanged) = (site.ProcessorTime(), await site.Boards.CountAsync(), await turns);
        var summary = log.Summarize();
        foreach (var problem in log.Problems)
        {
            Console.WriteLine(problem);
        }

        var conditions = new LoadConditions(
            elapsed, logins, evictedThen.Everybody - evicted.Everybody, evictedThen.Organizations - evicted.Organizations,
            evictedThen.Warmings - evicted.Warmings, site.Model?.Texts - texts, Percent(usedThen.Replicas - used.Replicas, elapsed),
            Percent(usedThen.Worker - used.Worker, elapsed), processors.DriverPercent(), processors.MachinePercent());
        var missed = Missed(profile, summary, conditions, haveBoardsChanged).ToList();
        missed.ForEach(what => Console.WriteLine($"missed: {what}"));
        LoadReport.Print(profile, summary, conditions);
        return missed.Count == 0 ? 0 : 1;
    }

    /// <summary>The targets that the run missed.</summary>
    internal static IEnumerable<string> Missed(LoadProfile profile, LoadSummary summary, LoadConditions conditions, bool haveBoardsChanged)
    {
        if (summary.Errors > 0 || summary.Requests == 0)
        {
            yield return $"every answer right; {summary.Errors} of {summary.Requests} were not";
        }

        if (!haveBoardsChanged || conditions.Evictions < BoardTurns.Count)
        {
            yield return "changes of the boards in the middle, and evictions by them";
        }

        if (profile.TargetMilliseconds is { } target && summary is { Requests: > 0 } && summary.Percentile(95) >= target)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"95 of 100 answers in less than {target} ms");
        }
    }

    private static double Percent(TimeSpan used, TimeSpan elapsed) => 100 * used / elapsed / Environment.ProcessorCount;
}
