namespace Connect.Data.Model;

/// <summary>What all processes counted of one layer in one minute of the database's clock.</summary>
public sealed class CacheMinute
{
    /// <summary>The minute's beginning.</summary>
    public DateTimeOffset Minute { get; set; }

    /// <summary>The layer's name.</summary>
    public required string Layer { get; set; }

    /// <summary>Answers from a process's memory.</summary>
    public long Memory { get; set; }

    /// <summary>Answers from Redis.</summary>
    public long Redis { get; set; }

    /// <summary>Answers that were computed.</summary>
    public long Miss { get; set; }

    /// <summary>Last good answers while Postgres could not be asked.</summary>
    public long Stale { get; set; }

    /// <summary>Computations; fewer than misses where callers joined one.</summary>
    public long Computations { get; set; }

    /// <summary>The time that they took, added up, in seconds.</summary>
    public double ComputationSeconds { get; set; }

    /// <summary>Database queries that they made.</summary>
    public long Queries { get; set; }

    /// <summary>Answers from memory whose time was taken.</summary>
    public long TimedHits { get; set; }

    /// <summary>The time that these took, added up, in seconds.</summary>
    public double TimedHitSeconds { get; set; }
}
