using System.Collections.Immutable;

namespace Connect.Domain.Search;

/// <summary>
/// A word or phrase that is looked for. Blanks in it count as little as those of the text: 인공 지능 and 인공지능 are one. A word of one
/// letter, or of up to three Latin letters and digits, is found as a whole word only (no AI in MAIN); others are also found as parts.
/// </summary>
public sealed record SearchWord
{
    private const int LongestWholeLatin = 3;

    private SearchWord(string folded)
    {
        Folded = folded;
        Letters = folded.Replace(" ", "", StringComparison.Ordinal);
        IsWhole = Letters.EnumerateRunes().Count() == 1 || (Letters.Length <= LongestWholeLatin && Letters.All(SearchText.IsLatin));
        Pattern = IsWhole ? $" {Folded} " : Letters;
        Pairs = PairsOf(Pattern);
    }

    /// <summary>Its comparable form.</summary>
    public string Folded { get; }

    /// <summary>Its comparable form without blanks.</summary>
    public string Letters { get; }

    /// <summary>Whether it is found as a whole word only.</summary>
    public bool IsWhole { get; }

    /// <summary>The text that the database's <c>search_form</c> of a program contains where it has the word.</summary>
    public string Pattern { get; }

    /// <summary>The pairs of neighbouring characters of <see cref="Pattern"/>, as the database's <c>search_pairs</c> numbers them.</summary>
    public ImmutableArray<int> Pairs { get; }

    /// <summary>The word of a text; null where it has no letter and no digit.</summary>
    public static SearchWord? Of(string text) => SearchText.Fold(text) is { Length: > 0 } folded ? new(folded) : null;

    /// <inheritdoc />
    public bool Equals(SearchWord? other) => other is not null && Folded == other.Folded;

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Folded);

    /// <summary>The pairs of neighbouring characters of a text, each once.</summary>
    internal static ImmutableArray<int> PairsOf(string text)
    {
        int[] codes = [.. text.EnumerateRunes().Select(rune => rune.Value)];
        return [.. codes.Zip(codes.Skip(1), (first, second) => (((first % 65_536) - 32_768) * 65_536) + (second % 65_536)).Distinct()];
    }
}
