using Connect.Benchmarks.Serving;
using Connect.Data.Caching;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Scale.Measuring;

/// <summary>First requests: of a process, and of an organization after an eviction.</summary>
internal sealed class FirstReads(CheckerProcesses processes, CheckedPostgres postgres, CheckedRedis redis, IReadOnlyList<SeededOrganization> organizations)
{
    private const int Processes = 3;
    private const int Evictions = 9;
    private const int Others = 5;
    private const int Practice = 100;

    private int _next;

    /// <summary>A new process' first request, once with everything evicted before it and once with everything warm: the middle of some processes.</summary>
    /// <param name="isWarm">Whether the ranking is in Redis.</param>
    public async Task<double> OfProcessesAsync(bool isWarm)
    {
        List<double> milliseconds = [];
        for (var i = 0; i < Processes; i++)
        {
            if (!isWarm)
            {
                await EvictAsync();
            }

            var api = await StartAsync();
            using (var caller = await MatchCaller.OpenAsync(api))
            {
                milliseconds.Add((await caller.AskAsync(Next(), isWarm ? MatchCaller.Redis : MatchCaller.Miss)).TotalMilliseconds);
            }

            await api.StopAsync();
        }

        return Distribution.Median(milliseconds);
    }

    /// <summary>
    /// On a process that has answered before, after evictions that no warming follows: the first organization's request,
    /// which reads the programs, and other organizations' requests behind it.
    /// </summary>
    public async Task<(double First, double Next)> AfterEvictionsAsync()
    {
        var api = await StartAsync();
        using var caller = await MatchCaller.OpenAsync(api);
        await EvictAsync();
        for (var i = 0; i < Practice; i++)
        {
            await caller.AskAsync(Next(), MatchCaller.Miss);
        }

        List<double> first = [], next = [];
        for (var i = 0; i < Evictions; i++)
        {
            await EvictAsync();
            first.Add((await caller.AskAsync(Next(), MatchCaller.Miss)).TotalMilliseconds);
            for (var other = 0; other < Others; other++)
            {
                next.Add((await caller.AskAsync(Next(), MatchCaller.Miss)).TotalMilliseconds);
            }
        }

        await api.StopAsync();
        return (Distribution.Median(first), Distribution.Median(next));
    }

    /// <summary>Another process of the API.</summary>
    public async Task<ApiProcess> StartAsync()
    {
        var api = new ApiProcess(processes, "api", ApiSettings.Of(postgres, redis));
        await api.StartAsync();
        return api;
    }

    // No organization is read twice between two evictions.
    private SeededOrganization Next() => organizations[_next++ % organizations.Count];

    private Task EvictAsync() => postgres.EvictAsync(ConnectTags.Programs, ConnectTags.Matches);
}
