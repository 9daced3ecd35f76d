using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Model;

/// <summary>Outcome of a call of the model.</summary>
public enum ExplanationCallOutcome
{
    /// <summary>The answer was accepted.</summary>
    Answered,

    /// <summary>The answer broke a rule.</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>No answer, or none that could be read.</summary>
    Failed,
}

/// <summary>One call of the model, for accounting. It names no user and no organization.</summary>
public sealed class ExplanationCall
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public DateTimeOffset CalledAt { get; set; }

    public required string Model { get; set; }

    public ExplanationLanguage Language { get; set; }

    public ExplanationCallOutcome Outcome { get; set; }

    /// <summary>The provider's count; null where it gave none.</summary>
    public long? InputTokens { get; set; }

    /// <summary>The provider's count; null where it gave none.</summary>
    public long? OutputTokens { get; set; }

    /// <summary>The call's charge, in millionths of a KRW.</summary>
    public long CostMicroKrw { get; set; }

    public int DurationMs { get; set; }
}
