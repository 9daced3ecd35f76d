using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Data.Programs.Lists;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Search;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Programs;

/// <summary>Filters and order of a list of programs, as texts of the query string.</summary>
internal abstract record ProgramFilters
{
    [FromQuery(Name = "q")]
    [Description("Words that a program has: all of them, in any order. \"a phrase\" is one word, -word must not be there.")]
    public string? Q { get; init; }

    [FromQuery(Name = "agency")]
    [Description("Only of these agencies.")]
    [WireNames<Agency>]
    public string[]? Agency { get; init; }

    [FromQuery(Name = "kind")]
    [Description("Only of these kinds.")]
    [WireNames<ProgramKind>]
    public string[]? Kind { get; init; }

    [FromQuery(Name = "status")]
    [Description("Only with these statuses, as they are now.")]
    [WireNames<ProgramStatus>]
    public string[]? Status { get; init; }

    [FromQuery(Name = "sector")]
    [Description("Only of these sectors.")]
    [WireNames<Sector>]
    public string[]? Sector { get; init; }

    [FromQuery(Name = "region")]
    [Description("Only for these provinces.")]
    [WireNames<Region>]
    public string[]? Region { get; init; }

    [FromQuery(Name = "audience")]
    [Description("Only for these types of organizations.")]
    [WireNames<OrganizationType>]
    public string[]? Audience { get; init; }

    [FromQuery(Name = "trl")]
    [Description("Only for these technology readiness levels, 1 to 9.")]
    public string[]? Trl { get; init; }

    [FromQuery(Name = "unrestricted")]
    [Description("Whether filters by sector, region, audience and trl also let programs through that state none, because they are for all.")]
    public bool? Unrestricted { get; init; }

    [FromQuery(Name = "amountFrom")]
    [Description("Only amounts from this on, in whole KRW.")]
    public string? AmountFrom { get; init; }

    [FromQuery(Name = "amountTo")]
    [Description("Only amounts up to this, in whole KRW.")]
    public string? AmountTo { get; init; }

    [FromQuery(Name = "publishedFrom")]
    [Description("Only published from this moment on: ISO 8601 with offset, or a day in Seoul.")]
    public string? PublishedFrom { get; init; }

    [FromQuery(Name = "publishedTo")]
    [Description("Only published up to this moment: ISO 8601 with offset, or a day in Seoul, which is included.")]
    public string? PublishedTo { get; init; }

    [FromQuery(Name = "deadlineFrom")]
    [Description("Only deadlines from this moment on: ISO 8601 with offset, or a day in Seoul.")]
    public string? DeadlineFrom { get; init; }

    [FromQuery(Name = "deadlineTo")]
    [Description("Only deadlines up to this moment: ISO 8601 with offset, or a day in Seoul, which is included.")]
    public string? DeadlineTo { get; init; }

    [FromQuery(Name = "sort")]
    [Description("The order among open, among upcoming and among closed programs; by default relevance where q has words, else deadline.")]
    [WireNames<ProgramSort>]
    public string? Sort { get; init; }

    /// <summary>The list that the texts name. Its errors are those of <paramref name="texts"/>.</summary>
    protected ProgramListQuery ReadList(QueryTexts texts)
    {
        var search = texts.Search(Q, "q");
        return new ProgramListQuery
        {
            Search = search,
            Agencies = new(texts.Enums<Agency>(Agency, "agency")),
            Kinds = new(texts.Enums<ProgramKind>(Kind, "kind")),
            Statuses = new(texts.Enums<ProgramStatus>(Status, "status")),
            Sectors = Restricted(texts.Enums<Sector>(Sector, "sector")),
            Regions = Restricted(texts.Enums<Region>(Region, "region")),
            Audiences = Restricted(texts.Enums<OrganizationType>(Audience, "audience")),
            Trls = Restricted(texts.Levels(Trl, "trl")),
            AmountFrom = texts.Won(AmountFrom, "amountFrom"),
            AmountTo = texts.Won(AmountTo, "amountTo"),
            PublishedFrom = texts.Moment(PublishedFrom, "publishedFrom", isEnd: false),
            PublishedTo = texts.Moment(PublishedTo, "publishedTo", isEnd: true),
            DeadlineFrom = texts.Moment(DeadlineFrom, "deadlineFrom", isEnd: false),
            DeadlineTo = texts.Moment(DeadlineTo, "deadlineTo", isEnd: true),
            Sort = ReadSort(texts, search),
        };
    }

    private Choice<T> Restricted<T>(ImmutableArray<T> values)
        where T : struct => new(values, OrUnrestricted: Unrestricted == true && !values.IsEmpty);

    private ProgramSort ReadSort(QueryTexts texts, SearchQuery? search)
    {
        var hasWords = search is { Required.IsEmpty: false };
        var sort = texts.Enum<ProgramSort>(Sort, "sort") ?? (hasWords ? ProgramSort.Relevance : ProgramSort.Deadline);
        if (sort == ProgramSort.Relevance && !hasWords && !texts.Errors.ContainsKey("q"))
        {
            texts.Errors["sort"] = ["Relevance needs words in q."];
        }

        return sort;
    }
}
