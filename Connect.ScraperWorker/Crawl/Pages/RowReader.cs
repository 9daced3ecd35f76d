using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Makes rows from the values that a list of any shape shows.</summary>
internal static partial class RowReader
{
    /// <summary>Reads a row.</summary>
    /// <param name="place">Page and place of the row.</param>
    /// <param name="title">Its title.</param>
    /// <param name="address">Its detail page.</param>
    /// <param name="value">A field's value; null where the list does not show it.</param>
    public static ListRow Read(string place, string title, Uri address, Func<RowField, string?> value)
    {
        var (ministry, agency) = (value(RowField.Ministry), value(RowField.Agency));
        if (ministry?.Split('>', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } first, { Length: > 0 } second])
        {
            (ministry, agency) = (first, second);
        }

        var period = value(RowField.Period);
        return new()
        {
            Place = place,
            Title = Titles.Clean(title),
            Address = address,
            Status = value(RowField.Status),
            Ministry = ministry,
            AnnouncingAgency = agency,
            Type = value(RowField.Type),
            Published = value(RowField.Published),
            Start = value(RowField.Start) is { Length: > 0 } start ? start : KoreanDates.ParsePeriod(period).Start is null ? null : period,
            Deadline = value(RowField.Deadline) is { Length: > 0 } deadline ? deadline : period ?? value(RowField.Deadline),
            Budget = value(RowField.Budget),
            Audience = value(RowField.Audience),
            Text = value(RowField.Text),
        };
    }

    /// <summary>Whether a title is that of a row that operators of a board try it with. It is no announcement.</summary>
    public static bool IsTest(string title) => TestRegex().IsMatch(title);

    // Not 테스트베드 (test bed), which real announcements are about.
    [GeneratedRegex(@"\A\s*(?:[\(\[<]\s*(?:test|테스트)\s*[\)\]>].*|(?:test|테스트)[\s\d.!]*)\z|테스트\s*(?:공고|글)?\s*입니다", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TestRegex();
}
