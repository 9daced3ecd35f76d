namespace Connect.Client;

/// <summary>
/// Which programs a list has, and in which order. Conditions are joined by and, the values of one by or; what is null does not count.
/// The properties are the parameters of <c>GET /api/programs</c>.
/// </summary>
public sealed record ProgramFilter
{
    /// <summary>Words that a program has: all of them, in any order. <c>"a phrase"</c> is one word, <c>-word</c> must not be there.</summary>
    public string? Q { get; init; }

    /// <summary>Only of these agencies.</summary>
    public IReadOnlyCollection<Agency>? Agency { get; init; }

    /// <summary>Only of these kinds.</summary>
    public IReadOnlyCollection<ProgramKind>? Kind { get; init; }

    /// <summary>Only with these statuses, as they are now.</summary>
    public IReadOnlyCollection<ProgramStatus>? Status { get; init; }

    /// <summary>Only of these sectors.</summary>
    public IReadOnlyCollection<Sector>? Sector { get; init; }

    /// <summary>Only for these provinces.</summary>
    public IReadOnlyCollection<Region>? Region { get; init; }

    /// <summary>Only for these types of organizations.</summary>
    public IReadOnlyCollection<OrganizationType>? Audience { get; init; }

    /// <summary>Only for these technology readiness levels, 1 to 9.</summary>
    public IReadOnlyCollection<int>? Trl { get; init; }

    /// <summary>Whether sector, region, audience and level also let programs through that state none, because they are for all.</summary>
    public bool? Unrestricted { get; init; }

    /// <summary>Only amounts from this on, in whole KRW; programs without an amount are left out.</summary>
    public long? AmountFrom { get; init; }

    /// <summary>Only amounts up to this, in whole KRW; programs without an amount are left out.</summary>
    public long? AmountTo { get; init; }

    /// <summary>Only published from then on.</summary>
    public DayOrMoment? PublishedFrom { get; init; }

    /// <summary>Only published up to then; a day is included.</summary>
    public DayOrMoment? PublishedTo { get; init; }

    /// <summary>Only deadlines from then on.</summary>
    public DayOrMoment? DeadlineFrom { get; init; }

    /// <summary>Only deadlines up to then; a day is included.</summary>
    public DayOrMoment? DeadlineTo { get; init; }

    /// <summary>The order among open, among upcoming and among closed programs; by default relevance where there are words, else deadline.</summary>
    public ProgramSort? Sort { get; init; }

    /// <summary>Whether to tell the places where the words were found.</summary>
    public bool? Highlight { get; init; }
}
