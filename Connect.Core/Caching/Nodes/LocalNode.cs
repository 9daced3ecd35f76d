using Connect.Core.Diagnostics;

namespace Connect.Core.Caching.Nodes;

/// <summary>This process as a node: who it is, and its totals now.</summary>
internal sealed class LocalNode(
    string role, Func<string?> address, CacheStatistics statistics, GenerationFeed feed, RedisBreaker breaker, MemoryTier memory, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public Guid Id { get; } = Guid.CreateVersion7();

    public string Name { get; } = ProcessIdentity.Name;

    public string Role => role;

    /// <summary>Where its metrics are read; null until the server listens.</summary>
    public string? Address => address();

    public TimeSpan Uptime => time.GetElapsedTime(_startedAt);

    public CacheSnapshot Read()
    {
        var confirmedAt = feed.Last?.ConfirmedAt ?? 0;
        return statistics.Read(
            feed.TryGetVerified(out _), confirmedAt == 0 ? null : time.GetElapsedTime(confirmedAt).TotalSeconds, breaker.IsOpen,
            new MemorySnapshot(memory.Entries, memory.Bytes, memory.LimitBytes));
    }
}
