using System.Globalization;
using System.Text.RegularExpressions;

namespace Connect.Domain.KoreanText;

/// <summary>A range of technology readiness levels; a missing end is open.</summary>
public readonly record struct TrlRange(int? Min, int? Max)
{
    /// <summary>Whether nothing is stated.</summary>
    public bool IsEmpty => Min is null && Max is null;
}

/// <summary>Technology readiness levels as announced: TRL 4-6, 4∼6, TRL 4단계 ~ 6단계, TRL 4, 5, 6, TRL 5 이상, TRL ~6, 기술성숙도 3.</summary>
public static partial class TrlRanges
{
    /// <summary>
    /// The ranges of the first line that has some, together: "TRL 5~6 … TRL 7~8" is 5 to 8. Else the single levels of the first line
    /// that has some, "시작 TRL 4, 종료 TRL 7" being 4 to 7, or its first open one. Never throws.
    /// </summary>
    public static TrlRange Parse(string? text)
    {
        var normalized = PlainText.ForReading(text);
        TrlRange single = default, all = default;
        var (singleEnd, end) = (0, 0);
        foreach (Match match in LevelRegex().Matches(normalized))
        {
            if (!all.IsEmpty && IsLater(normalized, end, match))
            {
                break;
            }

            var range = Of(match);
            if (match.Groups["high"].Success)
            {
                (all, end) = (all.IsEmpty ? range : Union(all, range), match.Index + match.Length);
            }
            else if (single.IsEmpty || (single is { Min: not null, Max: not null } && range is { Min: not null, Max: not null } && !IsLater(normalized, singleEnd, match)))
            {
                (single, singleEnd) = (single.IsEmpty ? range : Union(single, range), match.Index + match.Length);
            }
        }

        return all.IsEmpty ? single : all;
    }

    private static bool IsLater(string text, int end, Match match) => text.AsSpan(end, match.Index - end).Contains('\n');

    private static TrlRange Union(TrlRange one, TrlRange other) =>
        new(Math.Min(one.Min ?? 1, other.Min ?? 1), one.Max is { } max && other.Max is { } known ? Math.Max(max, known) : null);

    private static TrlRange Of(Match match)
    {
        var low = Level(match.Groups["low"]);
        if (match.Groups["high"].Success)
        {
            var levels = match.Groups["high"].Captures.Select(Level).Append(low).ToList();
            return match.Groups["relation"].ValueSpan is "이상" ? new(levels.Min(), null) : new(levels.Min(), levels.Max());
        }

        return match.Groups["relation"].Value switch
        {
            "이상" or "부터" or "~" => new TrlRange(low, null),
            "초과" => new TrlRange(Math.Min(low + 1, 9), null),
            "이하" or "까지" or "이내" => new TrlRange(null, low),
            "미만" => new TrlRange(null, Math.Max(low - 1, 1)),
            _ when match.Groups["lead"].ValueSpan.TrimEnd().EndsWith('~') => new TrlRange(null, low),
            _ => new TrlRange(low, low),
        };
    }

    private static int Level(Capture level) => int.Parse(level.ValueSpan, CultureInfo.InvariantCulture);

    // A digit that counts something else is not a level, nor is one in the name of a file.
    private const string NoLevel = @"(?!\.?[0-9]|\.[A-Za-z]{2,4}(?![A-Za-z])|\s?[개년차건월회명인억만천%])";

    private const string Name = @"(?:TRL|기술\s?성숙도|기술\s?준비\s?(?:수준|도)|Technology\s?Readiness\s?Levels?)";

    private const string Goal = @"(?:목표|종료|완료|최종)(?:\s?시점?)?\s?:?\s?";

    // "4단계", "4(실험실)".
    private const string Step = @"\)?\s?(?:단계|레벨)?\s?(?:\([^()0-9\n]{0,20}\)\s?)?";

    // "7~8단계(시제품 제작, 신뢰성 평가(인증) 등) 이상".
    private const string Note = @"\)?\s?(?:단계|레벨)?\s?(?:내외\s?)?(?:\([^()\n]{0,80}(?:\([^()\n]{0,40}\)[^()\n]{0,40})?\)\s?)?";

    private const string Join = @"(?:(?:이상|부터|에서)\s?[~→-]?|[~→-]|[,/]\s?(?=" + Goal + @"))\s?(?:" + Goal + @")?(?:\(?TRL\)?\s?)?\(?";

    [GeneratedRegex(
        Name + @"(?<lead>[^0-9\n]{0,15})(?<low>[1-9])" + NoLevel
        + "(?:(?:" + Step + Join + "(?<high>[1-9])" + NoLevel + "){1,3}(?:" + Note + "(?<relation>이상))?"
        + @"|(?:\s?단계)?(?:\s?[,·/]\s?[1-9](?:\s?단계)?){0,7}\s?[,·/]\s?(?<high>[1-9])" + NoLevel
        + "|" + Step + "(?<relation>이상|이하|초과|미만|부터|까지|이내)"

        // "5~10" is not a range of levels, so its 5 is not read as a single level either.
        + "|(?!" + Step + @"[~→-]\s?(?:TRL\s?)?[0-9])(?:" + Step + @"(?<relation>~))?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LevelRegex();
}
