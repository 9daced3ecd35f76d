using System.Text;

namespace Connect.Domain.Series;

/// <summary>
/// Reduces a title to the program's own name: without year, round, notice number, marks of another publication, the ministry's name
/// and the common words around the name (신규과제, 공모, 모집, 안내).
/// </summary>
internal static partial class SeriesTitle
{
    private const string Result = "결과발표";

    /// <summary>The name in comparable form, empty where nothing is left; and the ministry that the title names.</summary>
    public static (string Name, string? Ministry) Read(string? title, string? ministry, string? announcingAgency)
    {
        // NTIS appends the project to the title of the call: "…공모_(2025)…".
        var parts = RepeatRegex().Split(SeriesText.Prepare(title));
        string? named = null;
        List<string> names = [];
        foreach (var part in parts)
        {
            var reader = new Reader(SeriesMinistries.CurrentNamesOf(ministry), SeriesText.LettersOf(announcingAgency));
            var name = reader.Read(part);
            named ??= reader.Named;
            if (name.Length > 0 && !names.Contains(name))
            {
                names.Add(name);
            }
        }

        return (string.Join('|', names), named);
    }

    /// <summary>Without everything that differs from round to round; brackets are kept.</summary>
    internal static string WithoutRounds(string prepared)
    {
        var text = NoticeNumberRegex().Replace(prepared, "");
        text = ResultRegex().Replace(text, Result);
        text = RoundAfterYearRegex().Replace(text, "$1");
        text = YearRegex().Replace(text, "");
        text = PartOfYearRegex().Replace(RoundRegex().Replace(text, ""), "");
        text = MonthRegex().Replace(text, "");
        text = ExtensionRegex().Replace(text, "");
        return RepublicationRegex().Replace(text, "");
    }

    /// <summary>The parts of a text outside and inside of brackets, in their order.</summary>
    private static IEnumerable<(string Text, bool InBrackets)> Segments(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not ('(' or ')'))
            {
                continue;
            }

            if (i > start)
            {
                yield return (text[start..i], depth > 0);
            }

            depth = i == text.Length ? 0 : text[i] == '(' ? depth + 1 : Math.Max(0, depth - 1);
            start = i + 1;
        }
    }

    private static string WithoutTail(string text)
    {
        while (true)
        {
            var shorter = TailRegex().Replace(text.TrimEnd('-', '_', '·', ',', '.', ':', '/', '~', '\'', '!', '*'), "");
            if (shorter.Length == text.Length)
            {
                return text;
            }

            text = shorter;
        }
    }

    private static string LettersOf(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) && rune.Value != '및')
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }

    /// <summary>Reads one part of a title.</summary>
    private sealed class Reader(string? owner, string announcer)
    {
        /// <summary>The ministry that the title names, where none is known.</summary>
        public string? Named { get; private set; }

        public string Read(string part)
        {
            StringBuilder leading = new(), name = new();
            foreach (var (text, inBrackets) in Segments(WithoutRounds(part)))
            {
                if (inBrackets && BracketNoiseRegex().IsMatch(text))
                {
                    continue;
                }

                var letters = NameOf(text, isStart: name.Length == 0);

                // A bracket before the name belongs behind it: the same part stands there in other years.
                (inBrackets && name.Length == 0 ? leading : name).Append(letters);
            }

            return SeriesPlaces.Shorten(name.Append(leading).ToString());
        }

        private string NameOf(string segment, bool isStart)
        {
            var text = segment.TrimStart('-', '_', '·', ',', '.', ':', '/', '~', '\'');
            text = isStart ? WithoutOwner(text) : text;
            text = ProgramRegex().Replace(WithoutTail(text), "");
            return LettersOf(WithoutTail(ResearchRegex().Replace(text, "rd")));
        }

        private string WithoutOwner(string text)
        {
            if (announcer.Length > 2 && text.StartsWith(announcer, StringComparison.Ordinal))
            {
                text = text[announcer.Length..];
            }

            if (SeriesMinistries.FindAtStart(text) is not { } found || !(owner ?? Named ?? found.Name).Split('+').Contains(found.Name))
            {
                return text;
            }

            Named ??= owner is null ? found.Name : null;
            return text[found.Length..].TrimStart('-', '_', '·', ',', '.', ':', '/');
        }
    }
}
