namespace Connect.Domain.Matching;

/// <summary>What an organization does about a match, or what became of it. A match without a status has null.</summary>
public enum MatchStatus
{
    /// <summary>The organization looks into it.</summary>
    Interested,

    /// <summary>An application is being prepared.</summary>
    Preparing,

    /// <summary>The organization has applied.</summary>
    Applied,

    /// <summary>The application was successful.</summary>
    Won,

    /// <summary>The application was not successful.</summary>
    Lost,

    /// <summary>It does not fit, for a <see cref="DismissalReason"/>; rankings leave it out.</summary>
    Dismissed,
}

/// <summary>Why a match was dismissed.</summary>
public enum DismissalReason
{
    /// <summary>The program is of another field.</summary>
    NotOurField,

    /// <summary>The organization does not meet the conditions.</summary>
    NotEligible,

    /// <summary>The program's budget is too small.</summary>
    TooSmall,

    /// <summary>The program's budget or scope is too large.</summary>
    TooLarge,

    /// <summary>The organization has no staff or time for the application.</summary>
    NoCapacity,

    /// <summary>Too little time is left until the deadline.</summary>
    DeadlineTooClose,

    /// <summary>The organization has applied elsewhere for the same work.</summary>
    AlreadyAppliedElsewhere,

    /// <summary>Another reason, which the note may tell.</summary>
    Other,
}
