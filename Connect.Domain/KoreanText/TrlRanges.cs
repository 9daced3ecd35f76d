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
    /// <summary>The first range of the text, else its first single level. Never throws.</summary>
    public static TrlRange Parse(string? text)
    {
        TrlRange single = default;
        foreach (Match match in LevelRegex().Matches(PlainText.ForParsing(text)))
        {
            var low = Level(match.Groups["low"]);
            if (match.Groups["high"].Success)
            {
                var high = Level(match.Groups["high"]);
                return low <= high ? new(low, high) : new(high, low);
            }

            var range = match.Groups["relation"].Value switch
            {
                "이상" or "부터" or "~" => new TrlRange(low, null),
                "초과" => new TrlRange(Math.Min(low + 1, 9), null),
                "이하" or "까지" or "이내" => new TrlRange(null, low),
                "미만" => new TrlRange(null, Math.Max(low - 1, 1)),
                _ when match.Groups["lead"].ValueSpan.TrimEnd().EndsWith('~') => new TrlRange(null, low),
                _ => new TrlRange(low, low),
            };
            single = single.IsEmpty ? range : single;
        }

        return single;
    }

    private static int Level(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    // A digit that counts something else is not a level.
    private const string NoLevel = @"(?!\.?[0-9]|\s?[개년차건월회명인억만천%])";

    private const string Name = @"(?:TRL|기술\s?성숙도|기술\s?준비\s?(?:수준|도)|Technology\s?Readiness\s?Levels?)";

    private const string Goal = @"(?:목표|종료|완료|최종)(?:\s?시점?)?\s?:?\s?";

    // "4단계", "4(실험실)".
    private const string Step = @"\s?(?:단계|레벨)?\s?(?:\([^()0-9\n]{0,20}\)\s?)?";

    private const string Join = @"(?:(?:이상|부터|에서)\s?[~→-]?|[~→-]|[,/]\s?(?=" + Goal + @"))\s?(?:" + Goal + @")?(?:\(?TRL\)?\s?)?";

    [GeneratedRegex(
        Name + @"(?<lead>[^0-9\n]{0,15})(?<low>[1-9])" + NoLevel
        + "(?:" + Step + Join + "(?<high>[1-9])" + NoLevel
        + @"|(?:\s?단계)?(?:\s?[,·/]\s?[1-9](?:\s?단계)?){0,7}\s?[,·/]\s?(?<high>[1-9])" + NoLevel
        + "|" + Step + "(?<relation>이상|이하|초과|미만|부터|까지|이내)"

        // "5~10" is not a range of levels, so its 5 is not read as a single level either.
        + "|(?!" + Step + @"[~→-]\s?(?:TRL\s?)?[0-9])(?:" + Step + @"(?<relation>~))?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LevelRegex();
}
