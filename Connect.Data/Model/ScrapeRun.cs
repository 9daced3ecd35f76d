using Connect.Domain.Programs;

namespace Connect.Data.Model;

/// <summary>Reason of a run.</summary>
public enum ScrapeTrigger
{
    /// <summary>The worker found an empty database at start.</summary>
    Startup,
    Schedule,
    Administrator,
}

/// <summary>State of a run.</summary>
public enum ScrapeStatus
{
    Queued,
    Running,
    Succeeded,

    /// <summary>
    /// Crawled, but suspicious (no rows where there were some, another layout, most rows unreadable, most programs
    /// gone): nothing was changed.
    /// </summary>
    Suspicious,
    Failed,
}

/// <summary>One run over one board: its request, its state and its result.</summary>
public sealed class ScrapeRun
{
    /// <summary>Version 7 UUID: ids sort by the time of the request.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Agency Agency { get; set; }

    public required ScrapeTrigger Trigger { get; set; }

    public ScrapeStatus Status { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>
    /// Attempts: one, and one more for each worker that died during the run. It is the lease's fencing token: only the
    /// last attempt may end the run.
    /// </summary>
    public int Attempts { get; set; }

    /// <summary>When the worker last stored its progress.</summary>
    public DateTimeOffset? ProgressAt { get; set; }

    /// <summary>Rows that could be read; grows while the run is under way.</summary>
    public int Found { get; set; }

    /// <summary>Of these, rows whose page the board answered with 304.</summary>
    public int NotModified { get; set; }

    /// <summary>Programs that were not known.</summary>
    public int New { get; set; }

    /// <summary>Known programs whose content changed.</summary>
    public int Changed { get; set; }

    /// <summary>Known programs without a change.</summary>
    public int Unchanged { get; set; }

    /// <summary>Open programs that no board has any more.</summary>
    public int Vanished { get; set; }

    /// <summary>New postings of known programs: published again, moved, or also on another board.</summary>
    public int Reposted { get; set; }

    /// <summary>Rows that could not be read.</summary>
    public int Failed { get; set; }

    /// <summary>Why the run failed or is suspicious, in one sentence.</summary>
    public string? Error { get; set; }

    /// <summary>The first rows that are unreadable or unsure, as <c>row: reason</c>.</summary>
    public List<string> RowErrors { get; set; } = [];
}
