using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Model;

/// <summary>What became of a call of the model.</summary>
public enum ExplanationCallOutcome
{
    /// <summary>The answer was taken.</summary>
    Answered,

    /// <summary>The answer broke a rule.</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>No answer, or none that could be read.</summary>
    Failed,
}

/// <summary>One call of the model, for whoever pays. Nothing in it says for whom it was made.</summary>
public sealed class ExplanationCall
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public DateTimeOffset CalledAt { get; set; }

    public required string Model { get; set; }

    public ExplanationLanguage Language { get; set; }

    public ExplanationCallOutcome Outcome { get; set; }

    /// <summary>As the provider counted them; null where it said nothing.</summary>
    public long? InputTokens { get; set; }

    /// <summary>As the provider counted them; null where it said nothing.</summary>
    public long? OutputTokens { get; set; }

    /// <summary>What the call was charged with, in millionths of a KRW.</summary>
    public long CostMicroKrw { get; set; }

    public int DurationMs { get; set; }
}
