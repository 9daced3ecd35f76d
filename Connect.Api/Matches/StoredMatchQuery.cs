using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Api.Export;
using Connect.Domain.Matching;
using Connect.Domain.Search;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Matches;

/// <summary>Which stored matches a caller asks for.</summary>
internal sealed record StoredMatchFilter(Guid OrganizationId, bool? Saved, bool? Viewed, ImmutableArray<MatchStatus> Statuses, SearchQuery? Search);

/// <summary>Filters of stored matches, as they stand in the query string.</summary>
internal abstract record StoredMatchFilters
{
    [FromQuery(Name = "organizationId")]
    [Description("The caller's organization.")]
    public Guid OrganizationId { get; init; }

    [FromQuery(Name = "q")]
    [Description("Words that the program or the note has: all of them, in any order. \"a phrase\" is one word, -word must not be there.")]
    public string? Q { get; init; }

    [FromQuery(Name = "saved")]
    [Description("Only matches that are kept (true), or not (false).")]
    public bool? Saved { get; init; }

    [FromQuery(Name = "viewed")]
    [Description("Only matches that were seen (true), or not (false).")]
    public bool? Viewed { get; init; }

    [FromQuery(Name = "status")]
    [Description("Only matches with one of these statuses: status=APPLIED&status=WON.")]
    [WireNames<MatchStatus>]
    public string[]? Status { get; init; }

    /// <summary>What the texts name. Its errors are those of <paramref name="texts"/>.</summary>
    protected StoredMatchFilter ReadFilter(QueryTexts texts) =>
        new(OrganizationId, Saved, Viewed, texts.Enums<MatchStatus>(Status, "status"), texts.Search(Q, "q"));
}

/// <summary>Filters and page of the list of stored matches.</summary>
internal sealed record StoredMatchQuery : StoredMatchFilters
{
    [FromQuery(Name = "limit")]
    [Description("1 to 100; default 20.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("From the previous page's nextCursor.")]
    public string? Cursor { get; init; }

    /// <summary>Rows of the page.</summary>
    public int PageSize => Limit ?? Paging.DefaultLimit;

    /// <summary>The matches and the position that the texts name; or errors by field.</summary>
    public (StoredMatchFilter? Filter, (int Score, Guid Id)? After, Dictionary<string, string[]>? Errors) Read()
    {
        var texts = new QueryTexts();
        var filter = ReadFilter(texts);
        if (Paging.Validate(PageSize) is { } limitError)
        {
            texts.Errors["limit"] = [limitError];
        }

        (int Score, Guid Id)? after = null;
        if (Cursor is not null && !StoredMatches.TryReadCursor(Cursor, out after))
        {
            texts.Errors["cursor"] = ["The cursor is not one that this API gave."];
        }

        return texts.Errors.Count > 0 ? (null, null, texts.Errors) : (filter, after, null);
    }
}

/// <summary>Filters and format of exported stored matches.</summary>
internal sealed record StoredMatchExportQuery : StoredMatchFilters
{
    [FromQuery(Name = "format")]
    [Description(ExportRoutes.FormatDescription)]
    [WireNames<ExportFormat>]
    public string? Format { get; init; }

    /// <summary>The matches and the format that the texts name; or errors by field.</summary>
    public (StoredMatchFilter? Filter, ExportFormat Format, Dictionary<string, string[]>? Errors) Read()
    {
        var texts = new QueryTexts();
        var filter = ReadFilter(texts);
        var format = texts.Enum<ExportFormat>(Format, "format") ?? ExportFormat.Csv;
        return texts.Errors.Count > 0 ? (null, format, texts.Errors) : (filter, format, null);
    }
}
