using System.Collections.Immutable;
using System.Globalization;
using Connect.Data.Caching;
using Connect.Data.Programs.Lists;
using Connect.Domain.Programs;

namespace Connect.Api.Programs;

/// <summary>Maps rows of lists to the contract.</summary>
internal static class ProgramMapping
{
    public static ProgramSummary ToSummary(ProgramRow row, DateTimeOffset now) => new(
        row.Id, row.Title, row.Agency, row.Kind, row.StatusAt(now), row.Ministry, row.Category, row.Sectors,
        row.BudgetAmount?.ToString(CultureInfo.InvariantCulture), row.PublishedAt?.ToOffset(SeoulTime.Offset), row.Deadline?.ToOffset(SeoulTime.Offset),
        row.AnnouncementUrl);

    public static ProgramPage ToPage(ProgramListPage page, ProgramSort sort, IReadOnlyDictionary<Guid, ProgramHits>? hits, DateTimeOffset now) => new(
        [.. page.Rows.Select(row => ToSummary(row, now) with { Hits = hits?.GetValueOrDefault(row.Id) })], ListCursor.Write(page.Next, sort))
    {
        Facets = page.Facets is { } facets ? ToFacets(facets) : null,
    };

    private static ProgramFacets ToFacets(ListFacets facets) => new(
        ToItems(facets.Agency), ToItems(facets.Kind), ToItems(facets.Status), ToItems(facets.Sector), ToItems(facets.Region),
        ToItems(facets.Audience));

    private static IReadOnlyList<FacetItem> ToItems(ImmutableArray<FacetCount> counts) =>
        [.. counts.Select(one => new FacetItem(one.Value is { } name ? WireJson.EnumNaming.ConvertName(name) : null, one.Count))];
}
