namespace Connect.Benchmarks.Startup;

/// <summary>How long one process of the API took, each time from its start on.</summary>
/// <param name="Alive">Until it answered at all.</param>
/// <param name="Healthy">Until it may be sent requests.</param>
/// <param name="FirstMatch">Until an organization's matches, which were cached nowhere, were answered.</param>
internal readonly record struct ColdStart(TimeSpan Alive, TimeSpan Healthy, TimeSpan FirstMatch)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Starts a process, with Redis empty, and asks for an organization's matches.</summary>
    /// <exception cref="InvalidOperationException">They were cached.</exception>
    public static async Task<ColdStart> MeasureAsync(ServerProcess api, SeededOrganization organization)
    {
        using var patience = new CancellationTokenSource(Patience);

        // Its client is made before the time begins.
        _ = api.Http;
        var startedAt = Stopwatch.GetTimestamp();
        api.Launch();
        var alive = await UntilAsync(api, "/alive", startedAt, patience.Token);
        var healthy = await UntilAsync(api, "/health", startedAt, patience.Token);
        using var request = organization.Request(HttpMethod.Get, "/matches");
        using var answer = await api.Http.SendAsync(request, patience.Token);
        var firstMatch = Stopwatch.GetElapsedTime(startedAt);
        answer.EnsureSuccessStatusCode();
        var cache = answer.Headers.TryGetValues("X-Cache", out var values) ? values.First() : "";
        Console.WriteLine(
            $"API: alive after {alive.TotalMilliseconds:0} ms, healthy after {healthy.TotalMilliseconds:0} ms, "
            + $"first match after {firstMatch.TotalMilliseconds:0} ms ({cache})");
        return cache == "miss"
            ? new(alive, healthy, firstMatch)
            : throw new InvalidOperationException("The first match was cached.");
    }

    private static async Task<TimeSpan> UntilAsync(ServerProcess api, string check, long startedAt, CancellationToken cancellationToken)
    {
        while (!await api.IsAsync(check, cancellationToken))
        {
            await Task.Delay(Pause, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(startedAt);
    }
}
