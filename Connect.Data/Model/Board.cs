using Connect.Domain.Programs;

namespace Connect.Data.Model;

/// <summary>A board as workers are configured; the API cannot see their options.</summary>
public sealed class Board
{
    /// <summary>The longest stored month, in characters.</summary>
    public const int MaxSeenLength = 32;

    public Agency Agency { get; set; }

    /// <summary>Whether workers read it.</summary>
    public bool Enabled { get; set; }

    /// <summary>When a worker stored this row last.</summary>
    public DateTimeOffset AnnouncedAt { get; set; }

    /// <summary>What the layout of its list was last held against; null where it is not known.</summary>
    public EvidenceBasis? ListEvidence { get; set; }

    /// <summary>What the layout of its detail pages was last held against; null where it is not known, or the board has none.</summary>
    public EvidenceBasis? DetailEvidence { get; set; }

    /// <summary>The month of that, as <c>2026-08</c>; null where it is not known.</summary>
    public string? EvidenceSeen { get; set; }
}
