using Connect.Api;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;

namespace Connect.Benchmarks.Scale.Measuring;

/// <summary>First requests: of a process, and of an organization after an eviction.</summary>
internal sealed class FirstReads(CheckedServers servers, IReadOnlyList<SeededOrganization> organizations)
{
    private const int Processes = 3;
    private const int Evictions = 9;
    private const int Others = 5;
    private const int Practice = 100;

    // A notification takes milliseconds; on a busy machine some more.
    private static readonly TimeSpan Heard = TimeSpan.FromMilliseconds(300);

    private int _next;

    /// <summary>A new process' first request, all evicted before or all in Redis: the median in ms.</summary>
    public async Task<double> OfProcessesAsync(bool isWarm)
    {
        List<double> milliseconds = [];
        for (var i = 0; i < Processes; i++)
        {
            if (!isWarm)
            {
                await EvictAllAsync();
            }

            var api = await StartAsync();
            using (var caller = await MatchCaller.OpenAsync(api))
            {
                milliseconds.Add((await caller.AskAsync(Next(), isWarm ? CacheOutcome.Redis : CacheOutcome.Miss)).TotalMilliseconds);
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
        await EvictAllAsync();
        for (var i = 0; i < Practice; i++)
        {
            await caller.AskAsync(Next(), CacheOutcome.Miss);
        }

        List<double> first = [], next = [];
        for (var i = 0; i < Evictions; i++)
        {
            await EvictAllAsync();
            first.Add((await caller.AskAsync(Next(), CacheOutcome.Miss)).TotalMilliseconds);
            for (var other = 0; other < Others; other++)
            {
                next.Add((await caller.AskAsync(Next(), CacheOutcome.Miss)).TotalMilliseconds);
            }
        }

        await api.StopAsync();
        return (Distribution.Median(first), Distribution.Median(next));
    }

    public async Task<ServerProcess> StartAsync()
    {
        var api = new ServerProcess(servers.Processes, "api", typeof(ApiMarker), ApiSettings.Of(servers));
        await api.StartAsync();
        return api;
    }

    /// <summary>
    /// Evicts without a change and without the warming behind it, by the statement that ends every evicting write.
    /// Returns when everybody must have heard it.
    /// </summary>
    public async Task EvictAsync(params string[] tags)
    {
        await using (var command = servers.Postgres.Driver.CreateCommand(GenerationStore.BumpSql))
        {
            GenerationStore.AddBumpParameters(command.Parameters, tags, "benchmark");
            await command.ExecuteNonQueryAsync();
        }

        await Task.Delay(Heard);
    }

    // None is asked twice between two evictions.
    private SeededOrganization Next() => organizations[_next++ % organizations.Count];

    private Task EvictAllAsync() => EvictAsync(ConnectTags.Programs, ConnectTags.Matches);
}
