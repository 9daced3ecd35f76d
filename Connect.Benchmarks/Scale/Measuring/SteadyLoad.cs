using Connect.Caching.Layers;

namespace Connect.Benchmarks.Scale.Measuring;

/// <summary>An API whose organizations are all warm in Redis: each one's first request, then what is in memory over and over.</summary>
internal sealed class SteadyLoad(ServerProcess api, IReadOnlyList<SeededOrganization> organizations)
{
    private const int Fillers = 4;
    private const int Round = 100;
    private const int Requests = 20_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Reads every organization once over a few connections; each must come from Redis. Returns the median in ms.
    /// </summary>
    public async Task<double> FillAsync()
    {
        // One request first: concurrent first requests would wait for each other.
        using var alone = await MatchCaller.OpenAsync(api);
        List<double> milliseconds = [];
        foreach (var organization in organizations.Take(2 * Round))
        {
            milliseconds.Add((await alone.AskAsync(organization, CacheOutcome.Redis)).TotalMilliseconds);
        }

        var rest = organizations.Skip(2 * Round).Chunk(1 + (organizations.Count / Fillers));
        await Task.WhenAll(rest.Select(part => Task.Run(async () =>
        {
            using var caller = await MatchCaller.OpenAsync(api);
            foreach (var organization in part)
            {
                await caller.AskAsync(organization, CacheOutcome.Redis);
            }
        })));

        // The first half warms the code up.
        return Distribution.Median(milliseconds.Skip(Round));
    }

    /// <summary>One connection asks for the same few organizations: the middle time and the one that 99 in a hundred do not exceed, in µs.</summary>
    public async Task<(double Median, double P99)> AskAsync()
    {
        using var caller = await MatchCaller.OpenAsync(api);
        var requests = organizations.TakeLast(Round).Select(caller.Prepare).ToArray();
        foreach (var request in requests)
        {
            await caller.BringToMemoryAsync(request);
        }

        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < WarmUp;)
        {
            foreach (var request in requests)
            {
                await caller.AskAsync(request, CacheOutcome.Memory);
            }
        }

        var times = new double[Requests];
        for (var i = 0; i < Requests; i++)
        {
            times[i] = (await caller.AskAsync(requests[i % Round], CacheOutcome.Memory)).TotalMicroseconds;
        }

        Array.Sort(times);
        return (Distribution.Median(times), Distribution.Percentile(times, 99));
    }
}
