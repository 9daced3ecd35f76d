using Microsoft.AspNetCore.Http;

namespace Connect.Operations.Actions;

/// <summary>The result of an action.</summary>
internal enum ActionOutcome
{
    Evicted,
    WarmingRequested,
    ScrapeRequested,

    /// <summary>Every run that was asked for was waiting already.</summary>
    ScrapeWaiting,

    /// <summary>No worker reads that board.</summary>
    BoardOff,

    /// <summary>The text that was entered is no valid tag.</summary>
    Invalid,

    /// <summary>The user is no longer an administrator.</summary>
    NotAllowed,

    /// <summary>The database cannot be reached.</summary>
    Unavailable,
    Failed,
}

/// <summary>Translates outcomes for the audit trail and the page.</summary>
internal static class ActionOutcomes
{
    /// <summary>The status that the API would have answered with.</summary>
    public static int ToStatus(this ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.Evicted => StatusCodes.Status204NoContent,
        ActionOutcome.WarmingRequested or ActionOutcome.ScrapeRequested => StatusCodes.Status202Accepted,
        ActionOutcome.ScrapeWaiting => StatusCodes.Status200OK,
        ActionOutcome.BoardOff => StatusCodes.Status409Conflict,
        ActionOutcome.Invalid => StatusCodes.Status400BadRequest,
        ActionOutcome.NotAllowed => StatusCodes.Status403Forbidden,
        ActionOutcome.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Whether the action was carried out.</summary>
    public static bool IsSuccess(this ActionOutcome outcome) => outcome.ToStatus() < StatusCodes.Status400BadRequest;
}
