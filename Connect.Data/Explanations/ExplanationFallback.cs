namespace Connect.Data.Explanations;

/// <summary>Why the rules explain, not the model.</summary>
public enum ExplanationFallback
{
    /// <summary>No model is configured.</summary>
    NotConfigured,

    /// <summary>The day's budget is used up.</summary>
    Budget,

    /// <summary>The model did not answer, or could not be reached.</summary>
    Unavailable,

    /// <summary>The model did not answer in time.</summary>
    Timeout,

    /// <summary>Its answers broke the rules.</summary>
    Refused,

    /// <summary>Too many texts are being written at once.</summary>
    Busy,

    /// <summary>The program is closed.</summary>
    Closed,

    /// <summary>The match is no longer in the ranking: profile or program have changed since it was computed.</summary>
    Outdated,
}

/// <summary>Names of reasons on the wire and in metrics.</summary>
public static class ExplanationFallbacks
{
    /// <summary>The reason's name, in lower case.</summary>
    public static string ToName(this ExplanationFallback reason) => reason switch
    {
        ExplanationFallback.NotConfigured => "not-configured",
        ExplanationFallback.Budget => "budget",
        ExplanationFallback.Unavailable => "unavailable",
        ExplanationFallback.Timeout => "timeout",
        ExplanationFallback.Refused => "refused",
        ExplanationFallback.Busy => "busy",
        ExplanationFallback.Closed => "closed",
        _ => "outdated",
    };
}

/// <summary>
/// Ends the cache's factory without a value, so that nothing is stored in any tier. It has no inner exception, because
/// the cache would take a model's time-out for the database's.
/// </summary>
/// <param name="reason">Why.</param>
internal sealed class ExplanationFallbackException(ExplanationFallback reason) : Exception($"Explained by rules: {reason.ToName()}.")
{
    public ExplanationFallback Reason => reason;

    /// <summary>The facts for the rules.</summary>
    public MatchFacts? Facts { get; init; }
}
