namespace Connect.Domain.KoreanText;

/// <summary>
/// The "label : value" pairs of a detail page, in its order. Labels are compared without blanks and dots; the first of a label wins.
/// </summary>
public sealed class LabelValues
{
    private const int LongestLabel = 20;

    // Between the words of a label; the composition leaves these of a dozen kinds.
    private static readonly char[] Dots = ['.', '·', '‧', '・', '•', '∙', '⋅', 'ᆞ'];

    private readonly OrderedDictionary<string, string> _values;

    private LabelValues(OrderedDictionary<string, string> values, string? bare) => (_values, BarePeriod) = (values, bare);

    /// <summary>The first line that is nothing but a period, without a label; null where there is none.</summary>
    public string? BarePeriod { get; }

    /// <summary>All pairs, in the order of the page.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs => _values;

    /// <summary>Reads one pair a line; lines without a label are passed over. Never throws.</summary>
    public static LabelValues Read(string? text)
    {
        List<KeyValuePair<string, string>> pairs = [];
        string? bare = null, before = null;
        foreach (var line in PlainText.ForParsing(text).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (PeriodLine.Read(line) is { } period)
            {
                // A table whose header stands above its cells.
                if (period.Label.Length == 0 && before is not null && PeriodLabel.IsLabel(before))
                {
                    period = period with { Label = before };
                }

                if (period.Label.Length > 0)
                {
                    pairs.Add(new(period.Label, period.Value));
                }
                else
                {
                    bare ??= period.Value;
                }
            }
            else if ((Split(line) ?? SplitBracket(line)) is { } pair)
            {
                pairs.Add(pair);
            }

            before = line;
        }

        return From(pairs, bare);
    }

    /// <summary>
    /// A line parted at its colon; null where it has none. A colon in parentheses belongs to the label, as in
    /// "총연구비(단위: 백만원) : 300"; one between digits to an hour.
    /// </summary>
    public static KeyValuePair<string, string>? Split(string line)
    {
        var (colon, depth) = (-1, 0);
        for (var i = 1; i < line.Length && colon < 0; i++)
        {
            depth += line[i - 1] is '(' or '（' ? 1 : line[i - 1] is ')' or '）' ? -1 : 0;
            colon = depth <= 0 && IsColon(line, i) ? i : -1;
        }

        // After a parenthesis that is not closed, any colon counts.
        for (var i = 1; depth > 0 && i < line.Length && colon < 0; i++)
        {
            colon = IsColon(line, i) ? i : -1;
        }

        return colon > 0 ? new(line[..colon], line[(colon + 1)..]) : null;
    }

    /// <summary>Puts pairs together that a page holds as cells.</summary>
    public static LabelValues From(IEnumerable<KeyValuePair<string, string>> pairs) => From(pairs, bare: null);

    private static LabelValues From(IEnumerable<KeyValuePair<string, string>> pairs, string? bare)
    {
        var values = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (label, value) in pairs)
        {
            var key = Key(label);
            if (key.Length is > 0 and <= LongestLabel)
            {
                values.TryAdd(key, PlainText.Clean(value));
            }
        }

        return new(values, bare);
    }

    /// <summary>All labels, blanks removed.</summary>
    public IEnumerable<string> Labels => _values.Keys;

    /// <summary>
    /// The value of the first of these labels that has one; null where none has. "접수기간(온라인)" is 접수기간 too, if there
    /// is no label without the parenthesis.
    /// </summary>
    public string? First(params ReadOnlySpan<string> labels)
    {
        foreach (var label in labels)
        {
            foreach (var (_, value) in All(label))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>All values of a label that has several with parentheses; each with its label as written.</summary>
    public IEnumerable<(string Label, string Value)> All(string label)
    {
        var key = Key(label);
        if (_values.TryGetValue(key, out var value) && value.Length > 0)
        {
            yield return (key, value);
        }

        key += "(";
        foreach (var pair in _values)
        {
            if (pair.Value.Length > 0 && pair.Key.StartsWith(key, StringComparison.OrdinalIgnoreCase))
            {
                yield return (pair.Key, pair.Value);
            }
        }
    }

    /// <summary>These pairs, and those of the other where a label is not here or is empty.</summary>
    public LabelValues Or(LabelValues other)
    {
        var merged = new OrderedDictionary<string, string>(_values, StringComparer.OrdinalIgnoreCase);
        foreach (var (label, value) in other._values)
        {
            if (!merged.TryGetValue(label, out var own) || own.Length == 0)
            {
                merged[label] = value;
            }
        }

        return new(merged, BarePeriod ?? other.BarePeriod);
    }

    // "(지원규모) 10억원": a label in brackets needs no colon.
    private static KeyValuePair<string, string>? SplitBracket(string line)
    {
        var rest = ListMarks.Strip(PlainText.ForParsing(line));
        var close = rest.IndexOfAny(ListMarks.ClosingBrackets);
        return close is > 1 and <= LongestLabel && rest[0] is '(' or '[' or '<' or '【' or '「' or '〈' && rest[1..close].IndexOfAnyInRange('가', '힣') >= 0
            && rest[(close + 1)..].Trim() is { Length: > 0 } value
                ? new(rest[1..close].ToString(), value.ToString())
                : null;
    }

    private static bool IsColon(string line, int place) =>
        line[place] is ':' or '：' or '∶'
        && !(char.IsDigit(line[place - 1]) && place + 1 < line.Length && char.IsDigit(line[place + 1]));

    private static string Key(string label)
    {
        // "○ 접수 기간", "1. 접수기간", "가) 접수기간" and "[접수기간]" are the label 접수기간.
        var cleaned = PlainText.ForParsing(label).Replace(" ", string.Empty, StringComparison.Ordinal)
            .Replace("\n", string.Empty, StringComparison.Ordinal).AsSpan();
        while (cleaned.Length > 0 && MarkLength(cleaned) is var mark and > 0)
        {
            cleaned = cleaned[mark..];
        }

        return string.Concat(cleaned.TrimEnd(":]>】」〉").ToString().Split(Dots));
    }

    // The composition turns the letter ㅇ, a common list mark, into a leading consonant; "o" and "ㆍ" serve as well.
    private static int MarkLength(ReadOnlySpan<char> label) => label[0] switch
    {
        'ᄋ' or 'ㅇ' or 'ㆍ' or 'ᆞ' => 1,
        '(' => 0,
        'o' or 'O' when label.Length > 1 && label[1] >= '가' => 1,
        >= '가' and <= '하' when label.Length > 1 && label[1] is '.' or ')' => 2,
        var first => char.IsLetter(first) ? 0 : 1,
    };
}
