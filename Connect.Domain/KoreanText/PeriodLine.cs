namespace Connect.Domain.KoreanText;

/// <summary>A line that states a period of applications.</summary>
/// <param name="Label">Its label; empty where it has none.</param>
/// <param name="Value">The period, as written.</param>
internal readonly record struct PeriodLine(string Label, string Value)
{
    private const int LongestLabel = 40;

    // Without one of them a line has no label of a period.
    private static readonly string[] Ends = ["기간", "기한", "마감", "시한", "일시", "일정", "접수", "신청", "모집", "제출", "공모"];

    /// <summary>
    /// Reads "(접수기간) 2025.2.10 …", "접수기간 2025.2.10 …", "2025.2.10 : 접수마감" and a period alone; null for every other line, those with
    /// a colon behind their label included.
    /// </summary>
    /// <param name="line">A line that <see cref="PlainText.ForParsing"/> has prepared.</param>
    public static PeriodLine? Read(string line)
    {
        var text = ListMarks.Strip(line);
        if (text.IsEmpty || text.IndexOfAnyInRange('0', '9') < 0)
        {
            return null;
        }

        var isDate = text[0] == '\'' || char.IsAsciiDigit(text[0]);
        if (!isDate && !text.ContainsAny(Ends))
        {
            return null;
        }

        var rest = text.ToString();
        return isDate ? ReadDateFirst(rest) : ReadLabelFirst(rest);
    }

    private static PeriodLine? ReadLabelFirst(string line)
    {
        if (line[0] is '(' or '[' or '<' or '【' or '「' or '〈')
        {
            var close = line.AsSpan().IndexOfAny(ListMarks.ClosingBrackets);
            var behind = close < 0 ? default : line.AsSpan(close + 1).TrimStart(" :");
            return close > 0 && IsKnown(line[1..close]) && !behind.IsEmpty ? new(line[1..close], behind.ToString()) : null;
        }

        // With a colon it is a pair like any other.
        var number = line.AsSpan().IndexOfAnyInRange('0', '9');
        var label = line.AsSpan(0, Math.Min(number, LongestLabel)).TrimEnd(" '~(|");
        return label.IndexOf(':') < 0 && number <= LongestLabel && IsKnown(label.ToString()) ? new(label.ToString(), line.AsSpan(label.Length).TrimStart(" |").ToString()) : null;
    }

    private static PeriodLine? ReadDateFirst(string line)
    {
        if (DateMarks.Find(line) is not [{ Start: 0 } first, ..] marks)
        {
            return null;
        }

        var joined = 0;
        while (joined + 1 < marks.Count && marks[joined + 1].Join is { IsRange: true } or { IsArrow: true })
        {
            joined++;
        }

        var end = marks[joined].End;
        var behind = line.AsSpan(end).TrimStart(" .,)");
        behind = behind.StartsWith("까지", StringComparison.Ordinal) ? behind["까지".Length..] : behind;
        behind = behind.Trim(" :|.-~)");
        var note = behind.IndexOfAny("(,");
        if (behind.IsEmpty || note == 0)
        {
            // A day alone may be anything.
            return joined > 0 || line.Contains("까지", StringComparison.Ordinal) || first.Moment is null ? new("", line) : null;
        }

        var label = (note > 0 ? behind[..note] : behind).ToString();
        return IsKnown(label) ? new(label, line[..end]) : null;
    }

    private static bool IsKnown(string label) => PeriodLabel.Of(label).Role != PeriodRole.Other || PeriodLabel.IsAction(label);
}
