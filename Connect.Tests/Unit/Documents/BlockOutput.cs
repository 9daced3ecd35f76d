using System.Text.RegularExpressions;

namespace Connect.Tests.Unit.Documents;

/// <summary>
/// Compares an output with the one in a document. Lines and words have to be the same. The section "How this page is checked" of
/// <c>docs/tour.md</c> lists the exceptions: numbers, ids, moments, names of instances, titles and reasons, alternatives.
/// </summary>
internal static partial class BlockOutput
{
    /// <summary>The first difference with both lines, or null where the output is as expected.</summary>
    public static string? FindDifference(string expected, string actual)
    {
        var (expectedLines, actualLines) = (Lines(expected), Lines(actual));
        for (var line = 0; line < Math.Max(expectedLines.Length, actualLines.Length); line++)
        {
            var wanted = line < expectedLines.Length ? expectedLines[line] : null;
            var found = line < actualLines.Length ? actualLines[line] : null;
            if (wanted is null || found is null || !IsMatch(wanted, found))
            {
                return $"line {line + 1}: expected '{wanted ?? "no more lines"}', but was '{found ?? "no more lines"}'";
            }
        }

        return null;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n');

    private static bool IsMatch(string expected, string actual)
    {
        var (wanted, found) = (Words(expected), Words(actual));
        return wanted.Length == found.Length && wanted.Zip(found).All(pair => pair.First.Split('|').Contains(pair.Second));
    }

    // What may vary is replaced by its kind, on both sides.
    private static string[] Words(string line)
    {
        line = Text().Replace(line, "$1<text>\"");
        line = Quoted().Replace(line, "「<text>」");
        line = Instance().Replace(line, "$1<instance>");
        line = Generations().Replace(line, "$1<number>");
        line = Moment().Replace(line, "<moment>");
        line = Id().Replace(line, "<id>");
        line = Number().Replace(line, static number => IsZero(number.Value) ? "0" : "<number>");
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsZero(string number) => number.All(digit => digit is '0' or '.');

    [GeneratedRegex("""("(?:title":|reasons":\[)")[^"]+"?""")]
    private static partial Regex Text();

    // To the last mark of the line: a title may have such marks itself.
    [GeneratedRegex("「.+」")]
    private static partial Regex Quoted();

    [GeneratedRegex("^(X-Instance: ).+")]
    private static partial Regex Instance();

    [GeneratedRegex("""(generations;desc=")\d+""")]
    private static partial Regex Generations();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")]
    private static partial Regex Moment();

    [GeneratedRegex("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    // Not the status after "HTTP", and not digits within a word.
    [GeneratedRegex(@"(?<!HTTP )(?<![\w.])\d+(?:\.\d+)?(?![\w.])")]
    private static partial Regex Number();
}
