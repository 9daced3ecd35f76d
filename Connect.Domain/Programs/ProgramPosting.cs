namespace Connect.Domain.Programs;

/// <summary>
/// A program on one board under one address. A program that is published again, or on several boards, has several
/// postings; they are joined by the identity key, and stay joined.
/// </summary>
public sealed class ProgramPosting
{
    /// <summary>Longest address that is kept; an index entry cannot hold much more.</summary>
    public const int MaxAddressLength = 2_000;

    /// <summary>The board.</summary>
    public Agency Agency { get; set; }

    /// <summary>Path and query on the board's own host, else the whole address; without session ids.</summary>
    public required string Address { get; set; }

    public Guid ProgramId { get; set; }

    /// <summary>The address for browsers.</summary>
    public required string Url { get; set; }

    /// <summary>
    /// The kind of what stood there when it was read last; null where a release before this column wrote it. Tells an advance
    /// notice from its call.
    /// </summary>
    public ProgramKind? Kind { get; set; }

    /// <summary>The amount that stands there, whole won; null where none does. Another board's program can have it where its own states none.</summary>
    public long? BudgetAmount { get; set; }

    /// <summary>Hash of its row in the list; empty if its page has to be read again.</summary>
    public string ListHash { get; set; } = "";

    /// <summary>The page's <c>ETag</c>, as sent.</summary>
    public string? ETag { get; set; }

    /// <summary>The page's <c>Last-Modified</c>, as sent.</summary>
    public string? LastModified { get; set; }

    public DateTimeOffset FirstSeenAt { get; set; }

    /// <summary>When the last missing check was made.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Runs in a row that found neither a row in the list nor a readable page.</summary>
    public int MissedRuns { get; set; }

    /// <summary>When it was found to be gone; null while it stands there.</summary>
    public DateTimeOffset? VanishedAt { get; set; }
}
