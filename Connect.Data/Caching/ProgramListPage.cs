using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Caching.Layers;

namespace Connect.Data.Caching;

/// <summary>A page of a list and the moment it is of.</summary>
/// <param name="Rows">Its programs.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="Facets">Counts of the whole list; null where they were not asked for.</param>
/// <param name="ComputedAt">When it was read from the database.</param>
/// <param name="ValidUntil">The earliest deadline by which a program of it, or one that was counted, closes.</param>
[ImmutableObject(true)]
public sealed record ProgramListPage(
    ImmutableArray<ProgramRow> Rows, ListPosition? Next, ListFacets? Facets, DateTimeOffset ComputedAt, DateTimeOffset? ValidUntil) : IExpiringValue;

/// <summary>Whether programs can be applied for. Every list is in this order first.</summary>
public enum ListPhase
{
    /// <summary>Open, and its deadline has not passed.</summary>
    Open,

    /// <summary>Announced for later, and its deadline has not passed.</summary>
    Upcoming,

    /// <summary>Over: expired, withdrawn or past its deadline.</summary>
    Closed,
}

/// <summary>A place in a list, between two programs.</summary>
/// <param name="Phase">Phase of the program before it.</param>
/// <param name="Place">Where the search has found that program: 0 without an order by relevance.</param>
/// <param name="Key">Its deadline, publication (UTC ticks) or amount; null where it has none.</param>
/// <param name="Id">Its id.</param>
[ImmutableObject(true)]
public sealed record ListPosition(ListPhase Phase, int Place, long? Key, Guid Id);

/// <summary>How many programs have a value.</summary>
/// <param name="Value">The enum member's name; null for programs that state none, because they are for all.</param>
/// <param name="Count">The number of programs.</param>
[ImmutableObject(true)]
public sealed record FacetCount(string? Value, int Count);

/// <summary>
/// How many programs of a list have each value of a field, the most frequent first. The field's own filter does not count, so that the
/// numbers tell what another choice would give.
/// </summary>
[ImmutableObject(true)]
public sealed record ListFacets(
    ImmutableArray<FacetCount> Agency, ImmutableArray<FacetCount> Kind, ImmutableArray<FacetCount> Status, ImmutableArray<FacetCount> Sector,
    ImmutableArray<FacetCount> Region, ImmutableArray<FacetCount> Audience);
