using System.Collections.Immutable;
using System.Linq.Expressions;
using Connect.Data.Caching;
using Connect.Domain.Programs;

namespace Connect.Data.Programs.Lists;

/// <summary>A field by whose values programs are counted.</summary>
internal enum ListFacet
{
    Agency,
    Kind,
    Status,
    Sector,
    Region,
    Audience,
}

/// <summary>Counts the programs of a list.</summary>
/// <param name="context">The database.</param>
/// <param name="query">The list.</param>
/// <param name="now">The moment that decides what is open.</param>
internal sealed class ListFacetsReader(ConnectDbContext context, ProgramListQuery query, DateTimeOffset now)
{
    /// <summary>Counts by all fields.</summary>
    public async Task<ListFacets> ReadAsync(CancellationToken cancellationToken) => new(
        await CountAsync(ListFacet.Agency, p => p.Agency, cancellationToken).ConfigureAwait(false),
        await CountAsync(ListFacet.Kind, p => p.Kind, cancellationToken).ConfigureAwait(false),
        await CountStatusAsync(cancellationToken).ConfigureAwait(false),
        await CountEachAsync(ListFacet.Sector, p => p.Sectors, p => p.Sectors.Count == 0, cancellationToken).ConfigureAwait(false),
        await CountEachAsync(ListFacet.Region, p => p.Regions, p => p.Regions.Count == 0, cancellationToken).ConfigureAwait(false),
        await CountEachAsync(ListFacet.Audience, p => p.TargetTypes, p => p.TargetTypes.Count == 0, cancellationToken).ConfigureAwait(false));

    private async Task<ImmutableArray<FacetCount>> CountAsync<T>(
        ListFacet facet, Expression<Func<ListedProgram, T>> field, CancellationToken cancellationToken)
        where T : struct, Enum
    {
        var counts = await Programs(facet).GroupBy(field).Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return Ordered(counts.Select(one => new FacetCount(one.Key.ToString(), one.Count)));
    }

    private async Task<ImmutableArray<FacetCount>> CountStatusAsync(CancellationToken cancellationToken)
    {
        var counts = await Programs(ListFacet.Status).GroupBy(p => new { p.Status, IsOver = p.Deadline < now })
            .Select(group => new { group.Key.Status, group.Key.IsOver, Count = group.Count() })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return Ordered(counts
            .GroupBy(one => one is { IsOver: true, Status: ProgramStatus.Active or ProgramStatus.Upcoming } ? ProgramStatus.Expired : one.Status)
            .Select(group => new FacetCount(group.Key.ToString(), group.Sum(one => one.Count))));
    }

    private async Task<ImmutableArray<FacetCount>> CountEachAsync<T>(
        ListFacet facet, Expression<Func<ListedProgram, IEnumerable<T>>> field, Expression<Func<ListedProgram, bool>> isUnrestricted,
        CancellationToken cancellationToken)
        where T : struct, Enum
    {
        var programs = Programs(facet);
        var counts = await programs.SelectMany(field).GroupBy(value => value).Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var unrestricted = await programs.CountAsync(isUnrestricted, cancellationToken).ConfigureAwait(false);
        return Ordered([.. counts.Select(one => new FacetCount(one.Key.ToString(), one.Count)), new FacetCount(null, unrestricted)]);
    }

    private static ImmutableArray<FacetCount> Ordered(IEnumerable<FacetCount> counts) =>
        [.. counts.Where(one => one.Count > 0).OrderByDescending(one => one.Count).ThenBy(one => one.Value, StringComparer.Ordinal)];

    private IQueryable<ListedProgram> Programs(ListFacet facet)
    {
        IQueryable<ListedProgram> programs = context.Set<ListedProgram>();
        if (query.Search is { } search)
        {
            if (!search.Required.IsEmpty)
            {
                int[] pairs = [.. search.Required.SelectMany(word => word.Pairs).Distinct()];
                programs = context.Set<ListedProgram>().FromSql($"select * from programs where search_pairs(search_text) @> {pairs}")
                    .Where(ListFilters.HasAll(p => p.SearchText, search));
            }
            else if (search.FindsNothing)
            {
                programs = programs.Where(p => false);
            }

            programs = programs.Without(search);
        }

        programs = programs.Filter(query, facet);
        return facet == ListFacet.Status || !query.Statuses.IsAsked ? programs : WithStatus(programs);
    }

    private IQueryable<ListedProgram> WithStatus(IQueryable<ListedProgram> programs)
    {
        var asked = query.Statuses.Values.ToArray();
        var withExpired = asked.Contains(ProgramStatus.Expired);
        return programs.Where(p =>
            (asked.Contains(p.Status) && (p.Status == ProgramStatus.Expired || p.Status == ProgramStatus.Archived || p.Deadline == null || p.Deadline >= now))
            || (withExpired && (p.Status == ProgramStatus.Active || p.Status == ProgramStatus.Upcoming) && p.Deadline < now));
    }
}
