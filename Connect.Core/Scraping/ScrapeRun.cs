using Connect.Core.Programs;

namespace Connect.Core.Scraping;

/// <summary>What asked for a run.</summary>
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

    /// <summary>Read, but implausible (no rows where there were some, most rows unreadable): nothing was changed.</summary>
    Suspicious,
    Failed,
}

/// <summary>One run over one board: asked for, carried out, and what came of it.</summary>
public sealed class ScrapeRun
{
    /// <summary>Version 7 UUID: ids sort by the time of asking.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Agency Agency { get; set; }

    public ScrapeTrigger Trigger { get; set; }

    public ScrapeStatus Status { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Rows that could be read.</summary>
    public int Found { get; set; }

    public int New { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    /// <summary>Rows that could not be read.</summary>
    public int Failed { get; set; }

    /// <summary>Why the run failed or is suspicious, in one sentence.</summary>
    public string? Error { get; set; }

    /// <summary>The first unreadable rows, as <c>row: reason</c>.</summary>
    public List<string> RowErrors { get; set; } = [];
}
