using System.Text.RegularExpressions;

namespace Connect.Domain.KoreanText;

/// <summary>What the text between two dates says of them.</summary>
/// <param name="IsRange">The first is a start and the second its end: "~", "부터", "(예정) ~".</param>
/// <param name="IsArrow">Only an arrow: a range of two dates, and a replacement of a whole range.</param>
/// <param name="IsChange">The second replaces what stands before: "→ 변경", "연장 :".</param>
/// <param name="IsRound">The second belongs to another round: "2차", "하반기".</param>
/// <param name="IsList">Nothing but a separator.</param>
internal readonly partial record struct DateJoin(bool IsRange, bool IsArrow, bool IsChange, bool IsRound, bool IsList)
{
    /// <summary>What is longer is a sentence or a table, and says nothing of two dates.</summary>
    public const int Longest = 40;

    /// <summary>Words that make a date replace another one.</summary>
    public static readonly string[] ChangeWords = ["변경", "연장", "정정", "순연", "조정"];
    private static readonly string[] EndWords = ["마감", "종료", "까지"];

    /// <summary>Whether the second date may leave out what the first one has.</summary>
    public bool IsUnderstood => this != default;

    /// <summary>Reads the text between two dates.</summary>
    /// <param name="between">The text between them.</param>
    /// <param name="behind">The text behind the number that the second one begins with: "03.22까지 연장".</param>
    public static DateJoin Of(ReadOnlySpan<char> between, ReadOnlySpan<char> behind)
    {
        if (between.Length > Longest)
        {
            return default;
        }

        var text = between.Trim(" \n.,)]").TrimEnd(" \n('[");
        var stop = behind.IndexOfAny(")],;\n");
        var isChange = text.ContainsAny(ChangeWords) || (text is "" or "에서" or "→" or "~" && (stop < 0 ? behind : behind[..stop]).ContainsAny(ChangeWords));
        return new(
            IsRange: Ranges(text) && !(isChange && text is "에서"),
            IsArrow: text is "→" or "->" or "=>",
            IsChange: isChange,
            IsRound: !isChange && RoundRegex().IsMatch(text),
            IsList: between.Trim(" \n.)('[]") is "," or ";" or "/" or "및" or "·" or "&" or "+" or "|" || (text.IsEmpty && between.Contains('\n')));
    }

    private static bool Ranges(ReadOnlySpan<char> text)
    {
        if (text is "-" or "~-" or "-~" or "--" or "\u1173")
        {
            return true;
        }

        var sign = text.IndexOf('~');
        if (sign < 0)
        {
            // "공고일부터", "09:00부터 -".
            text = text.TrimEnd(" -");
            return text.EndsWithAny("부터", "이후", "시작", "에서", "개시") && !text.ContainsAny(EndWords);
        }

        // Whatever stands before a tilde is said of the first date, unless it is named as an end there.
        return !text[..sign].ContainsAny(EndWords) && !text[..sign].Contains('\n') && !text[(sign + 1)..].Contains('\n')
            && text[(sign + 1)..].IndexOfAny(",;~") < 0;
    }

    [GeneratedRegex(@"(?:제?\s?[0-9]{1,2}\s?(?:차|회차|라운드)|상반기|하반기|[1-4]\s?/\s?4\s?분기|[1-4]\s?분기)", RegexOptions.CultureInvariant)]
    private static partial Regex RoundRegex();
}
