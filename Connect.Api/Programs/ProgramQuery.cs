using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Data.Caching;
using Connect.Data.Programs.Lists;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Search;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Programs;

/// <summary>Filters, order and page of the list of programs, as texts of the query string.</summary>
internal sealed record ProgramQuery(
    [FromQuery(Name = "q")]
    [property: Description("Words that a program has: all of them, in any order. \"a phrase\" is one word, -word must not be there.")]
    string? Q = null,
    [FromQuery(Name = "agency")][property: Description("Only of these agencies.")][property: WireNames<Agency>] string[]? Agency = null,
    [FromQuery(Name = "kind")][property: Description("Only of these kinds.")][property: WireNames<ProgramKind>] string[]? Kind = null,
    [FromQuery(Name = "status")]
    [property: Description("Only with these statuses, as they are now.")]
    [property: WireNames<ProgramStatus>]
    string[]? Status = null,
    [FromQuery(Name = "sector")][property: Description("Only of these sectors.")][property: WireNames<Sector>] string[]? Sector = null,
    [FromQuery(Name = "region")][property: Description("Only for these provinces.")][property: WireNames<Region>] string[]? Region = null,
    [FromQuery(Name = "audience")]
    [property: Description("Only for these types of organizations.")]
    [property: WireNames<OrganizationType>]
    string[]? Audience = null,
    [FromQuery(Name = "trl")][property: Description("Only for these technology readiness levels, 1 to 9.")] string[]? Trl = null,
    [FromQuery(Name = "unrestricted")]
    [property: Description("Whether filters by sector, region, audience and trl also let programs through that state none, because they are for all.")]
    bool? Unrestricted = null,
    [FromQuery(Name = "amountFrom")][property: Description("Only amounts from this on, in whole KRW.")] string? AmountFrom = null,
    [FromQuery(Name = "amountTo")][property: Description("Only amounts up to this, in whole KRW.")] string? AmountTo = null,
    [FromQuery(Name = "publishedFrom")]
    [property: Description("Only published from this moment on: ISO 8601 with offset, or a day in Seoul.")]
    string? PublishedFrom = null,
    [FromQuery(Name = "publishedTo")]
    [property: Description("Only published up to this moment: ISO 8601 with offset, or a day in Seoul, which is included.")]
    string? PublishedTo = null,
    [FromQuery(Name = "deadlineFrom")]
    [property: Description("Only deadlines from this moment on: ISO 8601 with offset, or a day in Seoul.")]
    string? DeadlineFrom = null,
    [FromQuery(Name = "deadlineTo")]
    [property: Description("Only deadlines up to this moment: ISO 8601 with offset, or a day in Seoul, which is included.")]
    string? DeadlineTo = null,
    [FromQuery(Name = "sort")]
    [property: Description("The order among open, among upcoming and among closed programs; by default relevance where q has words, else deadline.")]
    [property: WireNames<ProgramSort>]
    string? Sort = null,
    [FromQuery(Name = "facets")][property: Description("Whether to count the programs by agency, kind, status, sector, region and audience.")]
    bool? Facets = null,
    [FromQuery(Name = "highlight")][property: Description("Whether to tell the places where the words of q were found.")] bool? Highlight = null,
    [FromQuery(Name = "limit")][property: Description("1 to 100; default 20.")] int? Limit = null,
    [FromQuery(Name = "cursor")][property: Description("From the previous page's nextCursor.")] string? Cursor = null)
{
    /// <summary>Rows of the page.</summary>
    public int PageSize => Limit ?? Paging.DefaultLimit;

    /// <summary>The list and the position that the texts name; or errors by field.</summary>
    public (ProgramListQuery? List, ListPosition? After, Dictionary<string, string[]>? Errors) Read()
    {
        var texts = new QueryTexts();
        var search = ReadSearch(texts);
        var list = new ProgramListQuery
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
        if (Paging.Validate(PageSize) is { } limitError)
        {
            texts.Errors["limit"] = [limitError];
        }

        ListPosition? after = null;
        if (Cursor is not null && !ListCursor.TryRead(Cursor, list, out after))
        {
            texts.Errors["cursor"] = ["The cursor is not one that this API gave for a list in this order."];
        }

        return texts.Errors.Count > 0 ? (null, null, texts.Errors) : (list, after, null);
    }

    private Choice<T> Restricted<T>(ImmutableArray<T> values)
        where T : struct => new(values, OrUnrestricted: Unrestricted == true && !values.IsEmpty);

    private SearchQuery? ReadSearch(QueryTexts texts)
    {
        if (string.IsNullOrWhiteSpace(Q))
        {
            return null;
        }

        // Stored texts are composed, and macOS' file names are not.
        var text = PlainText.Compose(Q);
        if (text.Length > SearchQuery.MaxLength || text.Contains('\0', StringComparison.Ordinal))
        {
            texts.Errors["q"] = [$"At most {SearchQuery.MaxLength} characters, and no null character."];
            return null;
        }

        var search = SearchQuery.Parse(text);
        if (search.Required.Length + search.Excluded.Length > SearchQuery.MaxWords)
        {
            texts.Errors["q"] = [$"At most {SearchQuery.MaxWords} words."];
        }

        return search;
    }

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
