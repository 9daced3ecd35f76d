using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load.Running;

/// <summary>
/// Warms the processes' code up by members of its own with the profile's requests, because deployed processes have
/// compiled theirs long ago. It caches nothing of the measured members.
/// </summary>
internal static class WarmUp
{
    /// <summary>So many members are needed for it.</summary>
    public const int Members = 8;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    private static readonly ThinkTime Pause = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(80));

    /// <exception cref="InvalidOperationException">An answer was wrong.</exception>
    public static async Task RunAsync(LoadProfile profile, LoadClient client, IReadOnlyList<SeededOrganization> members)
    {
        var log = new LoadLog();
        await new LoadRun(profile with { Think = Pause, Stages = [new(Members, TimeSpan.Zero), new(Members, Length)] }, client, log).RunAsync(members);
        if (log.Problems is [var first, ..])
        {
            throw new InvalidOperationException($"The warm-up met an error: {first}");
        }

        Console.WriteLine($"warmed up with {log.Summarize().Requests} requests that do not count");
    }
}
