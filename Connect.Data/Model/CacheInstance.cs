namespace Connect.Data.Model;

/// <summary>A running process with a cache, and its totals as of its last flush.</summary>
public sealed class CacheInstance
{
    /// <summary>Longest address.</summary>
    public const int MaxAddressLength = 200;

    /// <summary>Version 7 UUID, new for each start of the process.</summary>
    public Guid Id { get; set; }

    /// <summary>As in <c>X-Instance</c>.</summary>
    public required string Name { get; set; }

    public required string Role { get; set; }

    /// <summary>By the database's clock.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Last flush, by the database's clock.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>JSON of a <see cref="Connect.Caching.Diagnostics.CacheSnapshot"/>.</summary>
    public required string Statistics { get; set; }

    /// <summary>Host and port of its metrics; null where it has none, or does not know it yet.</summary>
    public string? Address { get; set; }
}
