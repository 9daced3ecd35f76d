namespace Connect.Data.Model;

/// <summary>What asked for a warming.</summary>
public enum WarmingTrigger
{
    /// <summary>A run that evicted.</summary>
    Scrape,

    /// <summary>Calls that expired.</summary>
    Expiry,
    Administrator,

    /// <summary>Calls that newer rules classified anew.</summary>
    Reclassification,

    /// <summary>The coming midnight in Seoul, which renames every ranking.</summary>
    NextDay,
}

/// <summary>State of a warming.</summary>
public enum WarmingStatus
{
    Queued,
    Running,
    Completed,
    Failed,

    /// <summary>Given up before its end: overtaken by a newer one, or its time was up.</summary>
    Cancelled,
}

/// <summary>One computation of rankings ahead of their readers: asked for, carried out, and what came of it.</summary>
public sealed class CacheWarming
{
    /// <summary>Version 7 UUID: ids sort by the time of asking.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>What asked first, or an administrator, who does not wait.</summary>
    public WarmingTrigger Trigger { get; set; }

    public WarmingStatus Status { get; set; }

    /// <summary>How often it was asked for while it waited: five boards, one warming.</summary>
    public int Requests { get; set; } = 1;

    /// <summary>The coming moment whose rankings are warmed; null for the present ones.</summary>
    public DateTimeOffset? AsOf { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>How often a worker took it up.</summary>
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
