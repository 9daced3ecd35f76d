namespace Connect.Data.Model;

/// <summary>The reads of one layer by all instances in one minute of the database's clock.</summary>
public sealed class CacheMinute
{
    /// <summary>The minute's beginning.</summary>
    public DateTimeOffset Minute { get; set; }

    /// <summary>The layer's name.</summary>
    public required string Layer { get; set; }

    /// <summary>Answers from an instance's memory.</summary>
    public long Memory { get; set; }

    /// <summary>Answers from Redis.</summary>
    public long Redis { get; set; }

    /// <summary>Answers that were computed.</summary>
    public long Miss { get; set; }

    /// <summary>Last good answers while Postgres could not be asked.</summary>
    public long Stale { get; set; }

    /// <summary>Computations; fewer than misses where callers joined one.</summary>
    public long Computations { get; set; }

    /// <summary>Total duration of the computations, in seconds.</summary>
    public double ComputationSeconds { get; set; }

    /// <summary>Database queries of the computations.</summary>
    public long Queries { get; set; }

    /// <summary>Answers from memory whose duration was measured.</summary>
    public long TimedHits { get; set; }

    /// <summary>Total duration of the measured answers, in seconds.</summary>
    public double TimedHitSeconds { get; set; }
}
