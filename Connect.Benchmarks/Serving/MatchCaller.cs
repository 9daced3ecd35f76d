using Connect.Caching.Layers;

namespace Connect.Benchmarks.Serving;

/// <summary>Asks an API for matches over one kept-alive connection, one request after the other.</summary>
internal sealed class MatchCaller : IDisposable
{
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ServerProcess _api;
    private readonly RawConnection _connection;

    private MatchCaller(ServerProcess api, RawConnection connection) => (_api, _connection) = (api, connection);

    public static async Task<MatchCaller> OpenAsync(ServerProcess api) => new(api, await RawConnection.OpenAsync(api.Address));

    /// <summary>Sends each request over and over on a connection of its own, as fast as it is answered.</summary>
    /// <returns>The number of answers.</returns>
    public static async Task<long> LoadAsync(ServerProcess api, IEnumerable<byte[]> requests, TimeSpan duration, CacheOutcome? from = null)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(requests.Select(request => Task.Run(async () =>
        {
            using var caller = await OpenAsync(api);
            var count = 0L;
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await caller.AskAsync(request, from);
                count++;
            }

            return count;
        })));
        return counts.Sum();
    }

    /// <summary>The request for an organization's matches.</summary>
    public byte[] Prepare(SeededOrganization organization) =>
        RawConnection.Prepare(_api.Address, organization.Token, $"GET /api/organizations/{organization.Id}/matches");

    /// <summary>Asks; the time until the answer was there, which has to be from a tier, for null from any.</summary>
    /// <exception cref="InvalidOperationException">It came from elsewhere, or was an error.</exception>
    public async ValueTask<TimeSpan> AskAsync(byte[] request, CacheOutcome? from)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await _connection.AskAsync(request);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return answer.Status == 200 && (from is null || answer.Outcome == from)
            ? elapsed
            : throw new InvalidOperationException($"Not an answer from {from}:\n{answer}\n{_api.Log()}");
    }

    public ValueTask<TimeSpan> AskAsync(SeededOrganization organization, CacheOutcome from) => AskAsync(Prepare(organization), from);

    /// <summary>
    /// Asks until memory holds the answer: memory that is full takes nothing until what was used longest ago has made room,
    /// which happens beside the requests.
    /// </summary>
    /// <exception cref="InvalidOperationException">It never does.</exception>
    public async Task BringToMemoryAsync(byte[] request)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if ((await _connection.AskAsync(request)).Outcome == CacheOutcome.Memory)
            {
                return;
            }

            await Task.Delay(Pause);
        }

        await AskAsync(request, CacheOutcome.Memory);
    }

    public void Dispose() => _connection.Dispose();
}
