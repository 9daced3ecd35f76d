namespace Connect.Data.Model;

/// <summary>A process with a cache, and its totals as it told them last.</summary>
public sealed class CacheInstance
{
    /// <summary>Longest address.</summary>
    public const int MaxAddressLength = 200;

    /// <summary>Of the process's life, not of its machine: a process that starts again is another node.</summary>
    public Guid Id { get; set; }

    /// <summary>As in <c>X-Instance</c>.</summary>
    public required string Name { get; set; }

    public required string Role { get; set; }

    /// <summary>By the database's clock.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>By the database's clock: whether a node lives is not decided by clocks that disagree.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>JSON of a <see cref="Connect.Caching.Diagnostics.CacheSnapshot"/>.</summary>
    public required string Statistics { get; set; }

    /// <summary>Host and port where its metrics are read; null where it has none, or does not know it yet.</summary>
    public string? Address { get; set; }
}
