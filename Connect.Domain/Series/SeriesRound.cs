using System.Globalization;
using System.Text.RegularExpressions;
using Connect.Domain.Programs;

namespace Connect.Domain.Series;

/// <summary>The year and the round that a program's title states.</summary>
/// <param name="Year">The year in the title, else that of its first date in Seoul; null where there is neither.</param>
/// <param name="Number">The round within the year (2차, 하반기, 3분기); null where the title states none.</param>
public readonly partial record struct SeriesRound(int? Year, int? Number)
{
    /// <summary>Reads a program's title and dates.</summary>
    /// <param name="title">As announced.</param>
    /// <param name="opened">The program's first date; null where it has none.</param>
    public static SeriesRound Read(string? title, DateTimeOffset? opened)
    {
        var text = SeriesText.Prepare(title);
        return new(YearOf(text) ?? (opened is { } moment ? SeoulTime.DateOf(moment).Year : null), NumberOf(text));
    }

    private static int? YearOf(string text)
    {
        if (YearRegex().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var number = int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        return number < 100 ? 2000 + number : number;
    }

    private static int? NumberOf(string text) => NumberRegex().Match(text) is { Success: true } match
        ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
        : text.Contains("상반기", StringComparison.Ordinal) && !text.Contains("하반기", StringComparison.Ordinal) ? 1
        : text.Contains("하반기", StringComparison.Ordinal) && !text.Contains("상·하반기", StringComparison.Ordinal) ? 2
        : null;

    [GeneratedRegex("(?<![0-9])(?<year>(?:19|20)[0-9]{2})(?:학년도|회계연도|년도|연도|년)|'(?<year>[0-9]{2})(?![0-9])|(?<![0-9])(?<year>[0-9]{2})(?:년도|연도)|(?<![0-9.])(?<year>20[0-2][0-9])(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex YearRegex();

    [GeneratedRegex("(?<![0-9.])(?<number>[0-9]{1,2})(?:차(?!산업|전지|원|의료|년도|연도|세대|량)|/4분기|분기|회차)", RegexOptions.CultureInvariant)]
    private static partial Regex NumberRegex();
}
