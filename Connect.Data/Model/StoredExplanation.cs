using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Model;

/// <summary>
/// A model's text, stored under a hash of its inputs. It names neither organization nor match: equal inputs have the
/// same text.
/// </summary>
public sealed class StoredExplanation
{
    /// <summary>Length of a hash in hexadecimal digits.</summary>
    public const int HashLength = 64;

    /// <summary>Longest name of a model.</summary>
    public const int MaxModelLength = 200;

    /// <summary>SHA-256 of the inputs, in lower-case hexadecimal digits.</summary>
    public required string InputHash { get; set; }

    public ExplanationLanguage Language { get; set; }

    public required string Model { get; set; }

    public required string Text { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
