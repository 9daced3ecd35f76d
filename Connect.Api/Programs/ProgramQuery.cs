using System.ComponentModel;
using Connect.Data.Caching;
using Connect.Data.Programs.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Programs;

/// <summary>Filters, order and page of the list of programs, as texts of the query string.</summary>
internal sealed record ProgramQuery : ProgramFilters
{
    [FromQuery(Name = "facets")]
    [Description("Whether to count the programs by agency, kind, status, sector, region and audience.")]
    public bool? Facets { get; init; }

    [FromQuery(Name = "highlight")]
    [Description("Whether to tell the places where the words of q were found.")]
    public bool? Highlight { get; init; }

    [FromQuery(Name = "limit")]
    [Description("1 to 100; default 20.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("From the previous page's nextCursor.")]
    public string? Cursor { get; init; }

    /// <summary>Rows of the page.</summary>
    public int PageSize => Limit ?? Paging.DefaultLimit;

    /// <summary>The list and the position that the texts name; or errors by field.</summary>
    public (ProgramListQuery? List, ListPosition? After, Dictionary<string, string[]>? Errors) Read()
    {
        var texts = new QueryTexts();
        var list = ReadList(texts);
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
}
