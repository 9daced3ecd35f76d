using Connect.Data.Caching;

namespace Connect.Data.Programs.Lists;

/// <summary>The programs of a list that are read together: of one phase, found in one place, with or without a key to be ordered by.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Place">1 title, 2 keywords, 3 anywhere; 0 where the order is not by relevance.</param>
/// <param name="HasKey">Whether they have a deadline, a publication or an amount; those without come last.</param>
internal readonly record struct ListStage(ListPhase Phase, int Place, bool HasKey)
{
    /// <summary>The stage of a position.</summary>
    public static ListStage Of(ListPosition position) => new(position.Phase, position.Place, position.Key is not null);

    /// <summary>The order of stages.</summary>
    public int CompareTo(ListStage other) =>
        (Phase, Place, HasKey ? 0 : 1).CompareTo((other.Phase, other.Place, other.HasKey ? 0 : 1));
}

/// <summary>Orders programs within a stage, so that each page begins in an index where the one before it ended.</summary>
internal static class ListOrder
{
    /// <summary>The stages of a query, in order.</summary>
    public static IEnumerable<ListStage> StagesOf(ProgramListQuery query)
    {
        int[] places = query is { Sort: ProgramSort.Relevance, Search.Required.IsEmpty: false } ? [1, 2, 3] : [0];
        return
            from phase in ListFilters.PhasesOf(query)
            from place in places
            from hasKey in (bool[])[true, false]
            select new ListStage(phase, place, hasKey);
    }

    /// <summary>The key that a program is ordered by; null where it has none.</summary>
    public static long? KeyOf(ProgramRow row, ProgramSort sort) => KeyOf(sort, row.Deadline, row.PublishedAt, row.BudgetAmount);

    /// <summary>The key that a program with these values is ordered by; null where it has none.</summary>
    public static long? KeyOf(ProgramSort sort, DateTimeOffset? deadline, DateTimeOffset? publishedAt, long? budgetAmount) => sort switch
    {
        ProgramSort.Amount => budgetAmount,
        ProgramSort.Published => publishedAt?.UtcTicks,
        _ => deadline?.UtcTicks,
    };

    /// <summary>Whether the largest key comes first.</summary>
    public static bool IsDescending(ProgramSort sort, ListPhase phase) =>
        sort is ProgramSort.Amount or ProgramSort.Published || phase == ListPhase.Closed;

    /// <summary>The programs of a stage behind a position, in order.</summary>
    public static IQueryable<ListedProgram> Ordered(
        this IQueryable<ListedProgram> programs, ListStage stage, ProgramSort sort, ListPosition? after)
    {
        var isDescending = IsDescending(sort, stage.Phase);
        if (!stage.HasKey)
        {
            return WithoutKey(programs, sort, after, isDescending);
        }

        return sort switch
        {
            ProgramSort.Amount => ByAmount(programs, after),
            ProgramSort.Published => ByPublication(programs, after),
            _ => isDescending ? ByLatestDeadline(programs, after) : ByDeadline(programs, after),
        };
    }

    private static IQueryable<ListedProgram> WithoutKey(
        IQueryable<ListedProgram> programs, ProgramSort sort, ListPosition? after, bool isDescending)
    {
        programs = sort switch
        {
            ProgramSort.Amount => programs.Where(p => p.BudgetAmount == null),
            ProgramSort.Published => programs.Where(p => p.PublishedAt == null),
            _ => programs.Where(p => p.Deadline == null),
        };
        if (after is { Id: var id })
        {
            programs = isDescending ? programs.Where(p => p.Id.CompareTo(id) < 0) : programs.Where(p => p.Id.CompareTo(id) > 0);
        }

        return isDescending ? programs.OrderByDescending(p => p.Id) : programs.OrderBy(p => p.Id);
    }

    // Comparisons of rows: an or of two comparisons would read the index from its beginning.
    private static IQueryable<ListedProgram> ByDeadline(IQueryable<ListedProgram> programs, ListPosition? after)
    {
        programs = programs.Where(p => p.Deadline != null);
        if (after is { Key: { } ticks, Id: var id })
        {
            DateTimeOffset? key = new DateTimeOffset(ticks, TimeSpan.Zero);
            programs = programs.Where(p => EF.Functions.GreaterThan(ValueTuple.Create(p.Deadline, p.Id), ValueTuple.Create(key, id)));
        }

        return programs.OrderBy(p => p.Deadline).ThenBy(p => p.Id);
    }

    private static IQueryable<ListedProgram> ByLatestDeadline(IQueryable<ListedProgram> programs, ListPosition? after)
    {
        programs = programs.Where(p => p.Deadline != null);
        if (after is { Key: { } ticks, Id: var id })
        {
            DateTimeOffset? key = new DateTimeOffset(ticks, TimeSpan.Zero);
            programs = programs.Where(p => EF.Functions.LessThan(ValueTuple.Create(p.Deadline, p.Id), ValueTuple.Create(key, id)));
        }

        return programs.OrderByDescending(p => p.Deadline).ThenByDescending(p => p.Id);
    }

    private static IQueryable<ListedProgram> ByPublication(IQueryable<ListedProgram> programs, ListPosition? after)
    {
        programs = programs.Where(p => p.PublishedAt != null);
        if (after is { Key: { } ticks, Id: var id })
        {
            DateTimeOffset? key = new DateTimeOffset(ticks, TimeSpan.Zero);
            programs = programs.Where(p => EF.Functions.LessThan(ValueTuple.Create(p.PublishedAt, p.Id), ValueTuple.Create(key, id)));
        }

        return programs.OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Id);
    }

    private static IQueryable<ListedProgram> ByAmount(IQueryable<ListedProgram> programs, ListPosition? after)
    {
        programs = programs.Where(p => p.BudgetAmount != null);
        if (after is { Key: var key and not null, Id: var id })
        {
            programs = programs.Where(p => EF.Functions.LessThan(ValueTuple.Create(p.BudgetAmount, p.Id), ValueTuple.Create(key, id)));
        }

        return programs.OrderByDescending(p => p.BudgetAmount).ThenByDescending(p => p.Id);
    }
}
