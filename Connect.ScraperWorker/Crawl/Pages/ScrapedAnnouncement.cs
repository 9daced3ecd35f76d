using System.Collections.Immutable;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>One announcement as read from a board: list row and detail page put together.</summary>
internal sealed record ScrapedAnnouncement
{
    /// <summary>The board's agency.</summary>
    public required Agency Agency { get; init; }

    /// <summary>The agency whose page it stands on; null where that is the board's own.</summary>
    public Agency? Origin { get; init; }

    /// <summary>The title, cleaned of markup and surrounding white space.</summary>
    public required string Title { get; init; }

    /// <summary>Absolute address without session ids.</summary>
    public required string Url { get; init; }

    /// <summary>부처명.</summary>
    public string? Ministry { get; init; }

    /// <summary>공고기관명.</summary>
    public string? AnnouncingAgency { get; init; }

    /// <summary>The board's own word for what the announcement is (공고유형, 공모유형).</summary>
    public string? BoardType { get; init; }

    /// <summary>The board's category, where it has one.</summary>
    public string? Category { get; init; }

    /// <summary>Keywords, where the page states them.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Body text without scripts and markup, at most 50,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Applicants, as a field states them; empty where none does.</summary>
    public ImmutableArray<OrganizationType> TargetTypes { get; init; } = [];

    /// <summary>Lowest technology readiness level that is stated, 1 to 9.</summary>
    public int? MinTrl { get; init; }

    /// <summary>Highest technology readiness level that is stated, 1 to 9.</summary>
    public int? MaxTrl { get; init; }

    /// <summary>Whole KRW; null where unknown, undecided or zero.</summary>
    public long? BudgetAmount { get; init; }

    /// <summary>공고일.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>접수일: first moment to apply.</summary>
    public DateTimeOffset? ApplicationStart { get; init; }

    /// <summary>마감일: last moment to apply, in KST; 23:59:59 where no hour is stated; null where rolling or not announced.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>
    /// The rounds and the replaced periods that the announcement states, in its order; empty where it states one period and nothing else.
    /// </summary>
    public ImmutableArray<ApplicationPeriod> Periods { get; init; } = [];

    /// <summary>What the page says of its period, where a part of that was not understood.</summary>
    public string? UnsurePeriod { get; init; }

    /// <summary>Whether the board itself marks the program as closed (마감).</summary>
    public bool Closed { get; init; }

    /// <summary>Names of the attached files, as shown.</summary>
    public ImmutableArray<string> AttachmentNames { get; init; } = [];
}
