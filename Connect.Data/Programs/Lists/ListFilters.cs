using System.Linq.Expressions;
using Connect.Data.Caching;
using Connect.Domain.Programs;
using Connect.Domain.Search;

namespace Connect.Data.Programs.Lists;

/// <summary>The filters of a list as conditions of a query.</summary>
internal static class ListFilters
{
    /// <summary>The programs of a phase at a moment. A deadline may have passed since a worker last wrote the status.</summary>
    public static IQueryable<ListedProgram> In(this IQueryable<ListedProgram> programs, ListPhase phase, DateTimeOffset now)
    {
        // As constants, so that the planner knows how many rows have the value.
        programs = phase switch
        {
            ListPhase.Open => programs.Where(p => p.Phase == 0),
            ListPhase.Upcoming => programs.Where(p => p.Phase == 1),
            _ => programs.Where(p => p.Phase == 2),
        };
        return phase == ListPhase.Closed ? programs : programs.Where(p => p.Deadline == null || p.Deadline >= now);
    }

    /// <summary>The programs that no worker has closed yet, although their deadline has passed.</summary>
    public static IQueryable<ListedProgram> Overdue(this IQueryable<ListedProgram> programs, DateTimeOffset now) =>
        programs.Where(p => (p.Phase == 0 || p.Phase == 1) && p.Deadline < now);

    /// <summary>The programs that all filters let through, besides status and words.</summary>
    /// <param name="programs">Programs.</param>
    /// <param name="query">The filters.</param>
    /// <param name="except">A filter that does not count.</param>
    public static IQueryable<ListedProgram> Filter(this IQueryable<ListedProgram> programs, ProgramListQuery query, ListFacet? except = null)
    {
        if (query.Agencies.IsAsked && except != ListFacet.Agency)
        {
            var agencies = query.Agencies.Values.ToArray();
            programs = programs.Where(p => agencies.Contains(p.Agency));
        }

        if (query.Kinds.IsAsked && except != ListFacet.Kind)
        {
            var kinds = query.Kinds.Values.ToArray();
            programs = programs.Where(p => kinds.Contains(p.Kind));
        }

        return programs.FilterLists(query, except).FilterTrl(query).FilterRanges(query);
    }

    /// <summary>The programs whose status at a moment is one that the query asks for; all where it asks for none.</summary>
    public static IQueryable<ListedProgram> WithStatus(this IQueryable<ListedProgram> programs, ProgramListQuery query, ListPhase phase)
    {
        if (!query.Statuses.IsAsked || phase != ListPhase.Closed)
        {
            return programs;
        }

        var statuses = query.Statuses.Values.ToArray();
        return programs.Where(p => statuses.Contains(p.Status));
    }

    /// <summary>The phases that a query asks for, in order.</summary>
    public static IEnumerable<ListPhase> PhasesOf(ProgramListQuery query) =>
        query.Statuses.IsAsked ? query.Statuses.Values.Select(PhaseOf).Distinct().Order() : Enum.GetValues<ListPhase>();

    /// <summary>The phase of a status.</summary>
    public static ListPhase PhaseOf(ProgramStatus status) => status switch
    {
        ProgramStatus.Active => ListPhase.Open,
        ProgramStatus.Upcoming => ListPhase.Upcoming,
        _ => ListPhase.Closed,
    };

    /// <summary>The programs that have no excluded word.</summary>
    public static IQueryable<ListedProgram> Without(this IQueryable<ListedProgram> programs, SearchQuery search)
    {
        foreach (var word in search.Excluded)
        {
            var pattern = word.Pattern;
            programs = programs.Where(p => !p.SearchText.Contains(pattern));
        }

        return programs;
    }

    /// <summary>Whether a column has all words.</summary>
    /// <param name="column">A searched form.</param>
    /// <param name="search">The words.</param>
    public static Expression<Func<ListedProgram, bool>> HasAll(Expression<Func<ListedProgram, string>> column, SearchQuery search)
    {
        var contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
        var conditions = search.Required.Select(word => (Expression)Expression.Call(column.Body, contains, Parameter(word.Pattern)));
        return Expression.Lambda<Func<ListedProgram, bool>>(
            conditions.Aggregate((Expression?)null, (all, one) => all is null ? one : Expression.AndAlso(all, one)) ?? Expression.Constant(true),
            column.Parameters);
    }

    /// <summary>The opposite condition.</summary>
    public static Expression<Func<ListedProgram, bool>> Not(this Expression<Func<ListedProgram, bool>> condition) =>
        Expression.Lambda<Func<ListedProgram, bool>>(Expression.Not(condition.Body), condition.Parameters);

    private static IQueryable<ListedProgram> FilterLists(this IQueryable<ListedProgram> programs, ProgramListQuery query, ListFacet? except)
    {
        if (query.Sectors.IsAsked && except != ListFacet.Sector)
        {
            var (values, orNone) = (query.Sectors.Values.ToArray(), query.Sectors.OrUnrestricted);
            programs = programs.Where(p => p.Sectors.Any(one => values.Contains(one)) || (orNone && p.Sectors.Count == 0));
        }

        if (query.Regions.IsAsked && except != ListFacet.Region)
        {
            var (values, orNone) = (query.Regions.Values.ToArray(), query.Regions.OrUnrestricted);
            programs = programs.Where(p => p.Regions.Any(one => values.Contains(one)) || (orNone && p.Regions.Count == 0));
        }

        if (query.Audiences.IsAsked && except != ListFacet.Audience)
        {
            var (values, orNone) = (query.Audiences.Values.ToArray(), query.Audiences.OrUnrestricted);
            programs = programs.Where(p => p.TargetTypes.Any(one => values.Contains(one)) || (orNone && p.TargetTypes.Count == 0));
        }

        return programs;
    }

    // A program without a level takes all, but nothing says so.
    private static IQueryable<ListedProgram> FilterTrl(this IQueryable<ListedProgram> programs, ProgramListQuery query)
    {
        if (!query.Trls.IsAsked)
        {
            return programs;
        }

        var (levels, orNone) = (query.Trls.Values.ToArray(), query.Trls.OrUnrestricted);
        return programs.Where(p =>
            ((p.MinTrl != null || p.MaxTrl != null) && levels.Any(level => (p.MinTrl ?? 1) <= level && level <= (p.MaxTrl ?? 9)))
            || (orNone && p.MinTrl == null && p.MaxTrl == null));
    }

    private static IQueryable<ListedProgram> FilterRanges(this IQueryable<ListedProgram> programs, ProgramListQuery query)
    {
        if (query.AmountFrom is { } least)
        {
            programs = programs.Where(p => p.BudgetAmount >= least);
        }

        if (query.AmountTo is { } most)
        {
            programs = programs.Where(p => p.BudgetAmount <= most);
        }

        if (query.PublishedFrom is { } publishedFrom)
        {
            programs = programs.Where(p => p.PublishedAt >= publishedFrom);
        }

        if (query.PublishedTo is { } publishedTo)
        {
            programs = programs.Where(p => p.PublishedAt <= publishedTo);
        }

        if (query.DeadlineFrom is { } deadlineFrom)
        {
            programs = programs.Where(p => p.Deadline >= deadlineFrom);
        }

        if (query.DeadlineTo is { } deadlineTo)
        {
            programs = programs.Where(p => p.Deadline <= deadlineTo);
        }

        return programs;
    }

    // A constant would make a plan of its own for each word.
    private static MemberExpression Parameter(string value) => Expression.Field(Expression.Constant(new Box(value)), nameof(Box.Value));

    private sealed class Box(string value)
    {
        public readonly string Value = value;
    }
}
