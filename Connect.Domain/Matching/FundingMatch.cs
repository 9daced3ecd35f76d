namespace Connect.Domain.Matching;

/// <summary>
/// A stored match. Its id is a function of organization and program (<see cref="MatchId"/>), so that every
/// instance and every recomputation agrees on it. The user's marks survive recomputation.
/// </summary>
public sealed class FundingMatch
{
    /// <summary>The longest <see cref="Note"/>, in UTF-16 code units.</summary>
    public const int MaxNoteLength = 2_000;

    public Guid Id { get; set; }

    public Guid OrganizationId { get; set; }

    public Guid ProgramId { get; set; }

    public int Score { get; set; }

    public int IndustryPoints { get; set; }

    public int TrlPoints { get; set; }

    public int TypePoints { get; set; }

    public int RndPoints { get; set; }

    public int DeadlinePoints { get; set; }

    /// <summary>Place in the ranking that it was computed in, from 1.</summary>
    public int Rank { get; set; }

    public required string AlgorithmVersion { get; set; }

    /// <summary>Generation of the tag <c>programs</c> that it was computed from; an older computation never overwrites.</summary>
    public long ProgramsGeneration { get; set; }

    /// <summary>Generation of the tag <c>matches</c> that it was computed from.</summary>
    public long MatchesGeneration { get; set; }

    /// <summary>Generation of the organization's tag that it was computed from.</summary>
    public long OrganizationGeneration { get; set; }

    public bool Saved { get; set; }

    public bool Viewed { get; set; }

    /// <summary>What the organization does about it; null for nothing yet.</summary>
    public MatchStatus? Status { get; set; }

    /// <summary>Why it was dismissed; null unless it is.</summary>
    public DismissalReason? DismissalReason { get; set; }

    /// <summary>The organization's note: plain text, composed (NFC); null for none.</summary>
    public string? Note { get; set; }

    /// <summary>When <see cref="Status"/> was last changed.</summary>
    public DateTimeOffset? StatusAt { get; set; }

    /// <summary>When status, reason or note was last changed.</summary>
    public DateTimeOffset? MarkedAt { get; set; }

    /// <summary>The user who changed it; null for a program's key, and after the account was deleted.</summary>
    public Guid? MarkedBy { get; set; }

    /// <summary>The key that changed it; null for a user, and after the key was removed.</summary>
    public Guid? MarkedByKey { get; set; }

    public DateTimeOffset ComputedAt { get; set; }
}
