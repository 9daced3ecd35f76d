namespace Connect.Data.Model;

/// <summary>Reason of a warming.</summary>
public enum WarmingTrigger
{
    /// <summary>A run that evicted.</summary>
    Scrape,

    /// <summary>Programs that expired.</summary>
    Expiry,
    Administrator,

    /// <summary>Programs that newer rules classified again.</summary>
    Reclassification,

    /// <summary>The coming midnight in Seoul: the day is part of every ranking's name.</summary>
    NextDay,
}

/// <summary>State of a warming.</summary>
public enum WarmingStatus
{
    Queued,
    Running,
    Completed,
    Failed,

    /// <summary>Ended early: a newer one overtook it, or its time limit was reached.</summary>
    Cancelled,
}

/// <summary>One preloading of rankings: its request, its state and its result.</summary>
public sealed class CacheWarming
{
    /// <summary>Version 7 UUID: ids sort by the time of the request.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>Trigger of the first request; an administrator's replaces it, because it is not delayed.</summary>
    public WarmingTrigger Trigger { get; set; }

    public WarmingStatus Status { get; set; }

    /// <summary>Requests that it answers, from 1.</summary>
    public int Requests { get; set; } = 1;

    /// <summary>The future moment whose rankings are warmed; null for the present.</summary>
    public DateTimeOffset? AsOf { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Attempts of workers.</summary>
    public int Attempts { get; set; }

    /// <summary>Organizations to warm.</summary>
    public int Organizations { get; set; }

    /// <summary>Rankings that were computed.</summary>
    public int Warmed { get; set; }

    /// <summary>Rankings that were there already.</summary>
    public int Skipped { get; set; }

    /// <summary>Rankings that could not be computed.</summary>
    public int Failed { get; set; }

    /// <summary>Database queries that it took.</summary>
    public int Queries { get; set; }

    /// <summary>Why it did not complete, in one sentence.</summary>
    public string? Error { get; set; }
}
