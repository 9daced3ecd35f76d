using Microsoft.AspNetCore.Http;

namespace Connect.Operations.Actions;

/// <summary>What became of an action.</summary>
internal enum ActionOutcome
{
    Evicted,
    WarmingRequested,
    ScrapeRequested,

    /// <summary>No worker reads that board.</summary>
    BoardOff,

    /// <summary>What was entered cannot be a tag.</summary>
    Invalid,

    /// <summary>Whoever asked is no administrator any more.</summary>
    NotAllowed,

    /// <summary>The database cannot be reached.</summary>
    Unavailable,
    Failed,
}

/// <summary>What outcomes mean elsewhere.</summary>
internal static class ActionOutcomes
{
    /// <summary>The status that the API would have answered with.</summary>
    public static int ToStatus(this ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.Evicted => StatusCodes.Status204NoContent,
        ActionOutcome.WarmingRequested or ActionOutcome.ScrapeRequested => StatusCodes.Status202Accepted,
        ActionOutcome.BoardOff => StatusCodes.Status409Conflict,
        ActionOutcome.Invalid => StatusCodes.Status400BadRequest,
        ActionOutcome.NotAllowed => StatusCodes.Status403Forbidden,
        ActionOutcome.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Whether it did what was asked.</summary>
    public static bool IsSuccess(this ActionOutcome outcome) => outcome.ToStatus() < StatusCodes.Status400BadRequest;
}
