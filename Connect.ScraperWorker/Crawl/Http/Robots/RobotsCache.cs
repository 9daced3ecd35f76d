using System.Collections.Concurrent;

namespace Connect.ScraperWorker.Crawl.Http.Robots;

/// <summary>
/// Caches hosts' answers for robots.txt, per board, because each board has its own allowed hosts. One caller fetches, the others
/// wait for it.
/// </summary>
internal sealed class RobotsCache(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(string Board, string Host), Entry> _entries = [];

    /// <summary>The host's answer, fetched where it is not known or too old.</summary>
    public async Task<RobotsAnswer> GetAsync(
        string board, string host, Func<CancellationToken, Task<RobotsAnswer>> fetch, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd((board, host), static _ => new());
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            if (entry.Answer is not { } known || time.GetElapsedTime(entry.FetchedAt) >= known.Lifetime)
            {
                entry.Answer = known = await fetch(cancellationToken);
                entry.FetchedAt = time.GetTimestamp();
            }

            return known;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Dispose();
        }
    }

    private sealed class Entry : IDisposable
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public RobotsAnswer? Answer { get; set; }

        public long FetchedAt { get; set; }

        public void Dispose() => Gate.Dispose();
    }
}

/// <summary>A host's rules, or the reason why they are not known.</summary>
/// <param name="Rules">The rules; null where nothing may be read.</param>
/// <param name="Reason">The reason why nothing may be read, in one sentence.</param>
/// <param name="Failure">The kind of failure.</param>
/// <param name="Lifetime">Time until the file is fetched again.</param>
internal sealed record RobotsAnswer(RobotsRules? Rules, string Reason, BoardFailure Failure, TimeSpan Lifetime)
{
    // RFC 9309, section 2.4, allows at most a day.
    private static readonly TimeSpan Found = TimeSpan.FromHours(24);
    private static readonly TimeSpan Missing = TimeSpan.FromHours(1);
    private static readonly TimeSpan Failed = TimeSpan.FromMinutes(1);

    /// <summary>The host has no robots.txt: everything may be read (RFC 9309, section 2.3.1.3).</summary>
    public static RobotsAnswer Unavailable { get; } = new(RobotsRules.AllowAll, "", default, Missing);

    public static RobotsAnswer Of(RobotsRules rules) => new(rules, "", default, Found);

    /// <summary>The host's rules could not be read, so nothing may be crawled (RFC 9309, section 2.3.1.4).</summary>
    public static RobotsAnswer Unreachable(string reason, BoardFailure failure) => new(null, reason, failure, Failed);
}
