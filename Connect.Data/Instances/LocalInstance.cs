using Connect.Caching;
using Connect.Caching.Diagnostics;
using Connect.Data.Diagnostics;

namespace Connect.Data.Instances;

/// <summary>This instance: its identity, and its totals now.</summary>
internal sealed class LocalInstance(string role, Func<string?> address, CacheState cache, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public Guid Id { get; } = Guid.CreateVersion7();

    public string Name { get; } = ProcessIdentity.Name;

    public string Role => role;

    /// <summary>Host and port of its metrics; null until the server listens.</summary>
    public string? Address => address();

    public TimeSpan Uptime => time.GetElapsedTime(_startedAt);

    public CacheSnapshot Read() => cache.ReadTotals();
}
