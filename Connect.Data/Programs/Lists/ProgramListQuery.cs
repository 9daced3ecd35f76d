using System.Collections.Immutable;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Search;

namespace Connect.Data.Programs.Lists;

/// <summary>The order of a list within its phases; ties are broken by id.</summary>
public enum ProgramSort
{
    /// <summary>The nearest deadline first, of closed programs the latest; those without one last.</summary>
    Deadline,

    /// <summary>The latest publication first; those without a day last.</summary>
    Published,

    /// <summary>The best hit of a search first: words in the title, then in keywords, then anywhere; each by deadline.</summary>
    Relevance,

    /// <summary>The largest amount first; those without one last.</summary>
    Amount,
}

/// <summary>Values of a filter: programs have any of them.</summary>
/// <param name="Values">The values; none asks for nothing.</param>
/// <param name="OrUnrestricted">Also programs that state no value, because they are for all.</param>
public sealed record Choice<T>(ImmutableArray<T> Values, bool OrUnrestricted = false)
    where T : struct
{
    /// <summary>Asks for nothing.</summary>
    public Choice()
        : this([])
    {
    }

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsAsked => !Values.IsEmpty || OrUnrestricted;
}

/// <summary>What a list of programs contains, and in which order. Filters are joined by and, the values of one by or.</summary>
public sealed record ProgramListQuery
{
    public Choice<Agency> Agencies { get; init; } = new();

    public Choice<ProgramKind> Kinds { get; init; } = new();

    public Choice<ProgramStatus> Statuses { get; init; } = new();

    public Choice<Sector> Sectors { get; init; } = new();

    public Choice<Region> Regions { get; init; } = new();

    /// <summary>The types of organizations that may apply.</summary>
    public Choice<OrganizationType> Audiences { get; init; } = new();

    /// <summary>Technology readiness levels, 1 to 9, that programs take.</summary>
    public Choice<int> Trls { get; init; } = new();

    /// <summary>Least amount, whole KRW.</summary>
    public long? AmountFrom { get; init; }

    /// <summary>Largest amount, whole KRW.</summary>
    public long? AmountTo { get; init; }

    public DateTimeOffset? PublishedFrom { get; init; }

    public DateTimeOffset? PublishedTo { get; init; }

    public DateTimeOffset? DeadlineFrom { get; init; }

    public DateTimeOffset? DeadlineTo { get; init; }

    /// <summary>The words that programs have; null for no search.</summary>
    public SearchQuery? Search { get; init; }

    public ProgramSort Sort { get; init; }
}
