using Connect.Domain.Programs;

namespace Connect.Data.Model;

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

    /// <summary>
    /// Read, but implausible (no rows where there were some, another layout, most rows unreadable, most calls gone):
    /// nothing was changed.
    /// </summary>
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

    /// <summary>
    /// How often a worker took it up: once, and once more for each worker that died over it. Who is not the last one has
    /// lost the right to end it.
    /// </summary>
    public int Attempts { get; set; }

    /// <summary>When the worker last said how far it is.</summary>
    public DateTimeOffset? ProgressAt { get; set; }

    /// <summary>Rows that could be read; grows while the run is under way.</summary>
    public int Found { get; set; }

    /// <summary>Of these, rows whose page is as it was, as the board itself said (304).</summary>
    public int NotModified { get; set; }

    /// <summary>Calls that were not known.</summary>
    public int New { get; set; }

    /// <summary>Known calls whose content changed.</summary>
    public int Changed { get; set; }

    /// <summary>Known calls as they were.</summary>
    public int Unchanged { get; set; }

    /// <summary>Open calls that no board has any more.</summary>
    public int Vanished { get; set; }

    /// <summary>New addresses of known calls: published again, moved, or also on another board.</summary>
    public int Reposted { get; set; }

    /// <summary>Rows that could not be read.</summary>
    public int Failed { get; set; }

    /// <summary>Why the run failed or is suspicious, in one sentence.</summary>
    public string? Error { get; set; }

    /// <summary>The first unreadable rows, as <c>row: reason</c>.</summary>
    public List<string> RowErrors { get; set; } = [];
}
