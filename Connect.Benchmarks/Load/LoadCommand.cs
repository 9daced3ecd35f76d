using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Load.Profiles;
using Connect.Benchmarks.Load.Running;

namespace Connect.Benchmarks.Load;

/// <summary>
/// <c>load</c>: users who sign in, ask, think and ask again, on two processes of the API as they are deployed, while
/// the boards change and the worker evicts and warms. Every answer is checked.
/// </summary>
internal static class LoadCommand
{
    public const string Usage = "load [stress|smoke|browse|explanations|mixed, default stress] [--minutes 0.1 to 10, default the profile's]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var profile = LoadProfiles.Parse(arguments);
        Console.WriteLine($"{profile.Name}: up to {profile.Peak} users in {profile.Length.TotalMinutes:0.##} minutes");
        await using var servers = await CheckedServers.StartAsync(isDurable: true);
        await using var site = new LoadedSite(servers);
        await site.StartAsync(profile.Peak + WarmUp.Members, profile.Explains);
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
            elapsed,
            logins,
            new(
                evictedThen.Everybody - evicted.Everybody, evictedThen.Organizations - evicted.Organizations,
                evictedThen.Warmings - evicted.Warmings),
            site.Model?.Texts - texts,
            [
                ("api", Percent(usedThen.Replicas - used.Replicas, elapsed)), ("worker", Percent(usedThen.Worker - used.Worker, elapsed)),
                ("driver", processors.DriverPercent()), ("machine", processors.MachinePercent()),
            ]);
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

        if (!haveBoardsChanged || conditions.Evictions.Everybody < BoardTurns.Count)
        {
            yield return "changes of the boards in the middle, and evictions by them";
        }

        if (profile.TargetMilliseconds is { } target && summary is { Requests: > 0 } && summary.Percentile(95) >= target)
        {
            yield return $"95 of 100 answers in less than {target} ms";
        }
    }

    private static double Percent(TimeSpan used, TimeSpan elapsed) => 100 * used / elapsed / Environment.ProcessorCount;
}
