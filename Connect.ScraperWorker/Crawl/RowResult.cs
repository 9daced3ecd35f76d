using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Crawl;

/// <summary>The outcome of one row of a board. The numbers are stored in <c>scrape_rows</c> while a run is under way.</summary>
internal enum RowOutcome : short
{
    /// <summary>The announcement was read.</summary>
    Read = 0,

    /// <summary>The list shows the same row as last time, and the board answered that the page is not modified.</summary>
    NotModified = 1,

    /// <summary>Listed, but unreadable.</summary>
    Unreadable = 2,

    /// <summary>Missing check: the board answers that there is no such page (404, 410).</summary>
    Gone = 3,

    /// <summary>Missing check: there is a page, but no announcement on it.</summary>
    Lost = 4,

    /// <summary>Missing check: the announcement is there.</summary>
    Present = 5,

    /// <summary>An earlier attempt of the same run has read it, and the list shows the same row since.</summary>
    ReadBefore = 6,

    /// <summary>Missing check: no answer.</summary>
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

    /// <summary>Hash of the row in the list.</summary>
    public string ListHash { get; }

    /// <summary>Set where it was read.</summary>
    public ScrapedAnnouncement? Announcement { get; private init; }

    /// <summary>The page's validators, for the next conditional request.</summary>
    public PageValidators Validators { get; private init; }

    /// <summary>Set where it is unreadable: the reason in one sentence, without page content.</summary>
    public RowError? Error { get; private init; }

    public static RowResult Read(string address, string listHash, ScrapedAnnouncement announcement, PageValidators validators = default) =>
        new(RowOutcome.Read, address, listHash) { Announcement = announcement, Validators = validators };

    public static RowResult NotModified(string address, string listHash) => new(RowOutcome.NotModified, address, listHash);

    public static RowResult ReadBefore(string address, string listHash) => new(RowOutcome.ReadBefore, address, listHash);

    /// <summary>The outcome of a missing check.</summary>
    public static RowResult Checked(string address, RowOutcome outcome) => new(outcome, address, "");

    public static RowResult Unreadable(string? address, RowError error) => new(RowOutcome.Unreadable, address, "") { Error = error };
}
