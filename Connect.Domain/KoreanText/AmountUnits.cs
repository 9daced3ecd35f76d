using System.Text.RegularExpressions;

namespace Connect.Domain.KoreanText;

/// <summary>Bare numbers whose unit stands apart from them: 총연구비(억원) 48.75 · (단위: 백만원) 300 · 1,200(천원).</summary>
internal static partial class AmountUnits
{
    /// <summary>The amount, and where its text begins; null where the text has none of these forms, or none with a meaning.</summary>
    public static (int Start, long? Won)? Find(string normalized)
    {
        if (!normalized.Contains('원', StringComparison.Ordinal) && !normalized.Contains("단위", StringComparison.Ordinal))
        {
            return null;
        }

        var match = UnitThenNumberRegex().Match(normalized);
        match = match.Success ? match : NumberThenUnitRegex().Match(normalized);
        return match.Success ? (match.Index, Scaled(match)) : null;
    }

    /// <summary>The unit of a header and the number below it; null where either is missing.</summary>
    public static long? Parse(string? header, string? value)
    {
        var unit = UnitRegex().Match(PlainText.ForParsing(header));
        var number = unit.Success ? NumberRegex().Match(PlainText.ForParsing(value)) : unit;
        return number.Success ? Scaled(number.Groups["n"].ValueSpan, unit.Groups["u"].ValueSpan) : null;
    }

    private static long? Scaled(Match match) => Scaled(match.Groups["n"].ValueSpan, match.Groups["u"].ValueSpan);

    private static long? Scaled(ReadOnlySpan<char> number, ReadOnlySpan<char> unit)
    {
        var scale = 1m;
        foreach (var c in unit)
        {
            scale *= c switch
            {
                '십' => 10,
                '백' => 100,
                '천' => 1_000,
                '만' => 10_000,
                '억' => 100_000_000,
                _ => 1_000_000_000_000,
            };
        }

        return AmountScanner.Number(number) is { } value && AmountScanner.Whole(value, scale) is { } won and > 0 ? won : null;
    }

    private const string Number = @"(?<n>[0-9][0-9,]{0,24}(?:\.[0-9]{1,6})?)";

    private const string Scale = "(?<u>[십백천]?[만억조]|[십백천])";

    // "(억원)" in parentheses, or "단위: 억" with the word for it; anything else behind 단위 counts other things (천명).
    private const string Unit =
        @"(?:[(\[<]\s?(?:" + Scale + @"\s?)?원|단위\s?:?\s?(?:" + Scale + @"\s?원?|원))(?=\s?[,)\]>\n]|\s|\z)(?:\s?,[^)\n]{0,20})?\s?[)\]>]?";

    [GeneratedRegex(Unit, RegexOptions.CultureInvariant)]
    private static partial Regex UnitRegex();

    [GeneratedRegex(Unit + @"\s{0,3}[:|]?\s{0,3}" + Number + @"(?![0-9.,]|\s?[조억천백십만원개년월명])", RegexOptions.CultureInvariant)]
    private static partial Regex UnitThenNumberRegex();

    [GeneratedRegex("(?<![0-9.,])" + Number + @"\s?[(\[<]\s?(?:단위\s?:?\s?)?(?:" + Scale + @"\s?)?원\s?[)\]>]", RegexOptions.CultureInvariant)]
    private static partial Regex NumberThenUnitRegex();

    [GeneratedRegex(@"\A\s?(?:약|최대|총)?\s?(?:[0-9][0-9,.]{0,24}\s?[~-]\s?)?" + Number + @"\s?(?:이내|내외|이하|한도)?\s?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberRegex();
}
