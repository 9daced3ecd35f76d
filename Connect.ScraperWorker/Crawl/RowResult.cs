using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl;

/// <summary>What became of one row of a board. The numbers are stored while a run is under way.</summary>
internal enum RowOutcome : short
{
    /// <summary>Read; the announcement is there.</summary>
    Read = 0,

    /// <summary>Its page is what it was when it was last read: the board said so, and the list says nothing new.</summary>
    NotModified = 1,

    /// <summary>It stands in the list and cannot be read.</summary>
    Unreadable = 2,

    /// <summary>Looked for behind the list: the board says that there is no such page.</summary>
    Gone = 3,

    /// <summary>Looked for behind the list: there is a page, but no announcement on it.</summary>
    Lost = 4,

    /// <summary>Looked for behind the list, and there.</summary>
    Present = 5,

    /// <summary>An earlier attempt of the same run has read it, and the list says nothing new since.</summary>
    ReadBefore = 6,

    /// <summary>Looked for behind the list, without an answer.</summary>
    Unanswered = 7,
}

/// <summary>One row of a board.</summary>
internal sealed record RowResult
{
    private RowResult(RowOutcome outcome, string? address, string listHash) =>
        (Outcome, Address, ListHash) = (outcome, address, listHash);

    public RowOutcome Outcome { get; }

    /// <summary>The posting's address as it is stored; null where the row leads nowhere.</summary>
    public string? Address { get; }

    /// <summary>Hash of what the list says.</summary>
    public string ListHash { get; }

    /// <summary>Set where it was read.</summary>
    public ScrapedAnnouncement? Announcement { get; private init; }

    /// <summary>What the page's next request can be made conditional on.</summary>
    public PageValidators Validators { get; private init; }

    /// <summary>Set where it is unreadable: why, in one sentence, without page content.</summary>
    public RowError? Error { get; private init; }

    public static RowResult Read(string address, string listHash, ScrapedAnnouncement announcement, PageValidators validators = default) =>
        new(RowOutcome.Read, address, listHash) { Announcement = announcement, Validators = validators };

    public static RowResult NotModified(string address, string listHash) => new(RowOutcome.NotModified, address, listHash);

    public static RowResult ReadBefore(string address, string listHash) => new(RowOutcome.ReadBefore, address, listHash);

    /// <summary>What was found where a posting was looked for behind the list.</summary>
    public static RowResult Checked(string address, RowOutcome outcome) => new(outcome, address, "");

    public static RowResult Unreadable(string? address, RowError error) => new(RowOutcome.Unreadable, address, "") { Error = error };
}

/// <summary>A row that could not be read.</summary>
/// <param name="Row">Which row: its address or its place on the page.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record RowError(string Row, string Reason);
