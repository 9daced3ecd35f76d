using System.Globalization;
using System.Text.RegularExpressions;

namespace Connect.Core.Classification;

/// <summary>A range of technology readiness levels; a missing end is open.</summary>
public readonly record struct TrlRange(int? Min, int? Max)
{
    /// <summary>Whether nothing is stated.</summary>
    public bool IsEmpty => Min is null && Max is null;
}

/// <summary>Technology readiness levels as announced: TRL 4-6, 4∼6, TRL 4단계 ~ 6단계, TRL 5 이상, 기술성숙도 3.</summary>
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
                "이상" or "부터" => new TrlRange(low, null),
                "초과" => new TrlRange(Math.Min(low + 1, 9), null),
                "이하" or "까지" => new TrlRange(null, low),
                "미만" => new TrlRange(null, Math.Max(low - 1, 1)),
                _ => new TrlRange(low, low),
            };
            single = single.IsEmpty ? range : single;
        }

        return single;
    }

    private static int Level(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?:TRL|기술\s?성숙도|기술\s?준비\s?(?:수준|도))[^0-9\n]{0,15}(?<low>[1-9])(?![0-9.])\s?(?:단계)?"
        + @"(?:\s?(?:~|-|→|에서|부터|이상)\s?(?:\(?TRL\)?\s?)?(?<high>[1-9])(?![0-9.])|\s?(?<relation>이상|이하|초과|미만|부터|까지))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LevelRegex();
}
