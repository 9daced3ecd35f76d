using System.Net;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Benchmarks.Quality;

/// <summary>How an answer compares with what is expected.</summary>
internal enum ReadingResult
{
    /// <summary>It is that.</summary>
    Right,

    /// <summary>It is something else.</summary>
    Wrong,

    /// <summary>There is none, although one is expected.</summary>
    Unknown,
}

/// <summary>What Connect reads in a text, against what a person has read.</summary>
/// <param name="Text">The text.</param>
/// <param name="Result">How they compare.</param>
/// <param name="Answer">What was read, for people.</param>
internal readonly record struct ReadText(ReadingText Text, ReadingResult Result, string Answer)
{
    private static readonly TimeOnly EndOfDay = new(23, 59, 59);

    private static readonly ListRow Row = new() { Place = "", Title = "", Address = new("https://board.example/view?id=1") };

    private static readonly DetailLayout Layout = new() { Heading = "h1", Fields = "dl", Body = "article" };

    private static readonly BoardOptions Board = new() { BaseAddress = new("https://board.example"), ListPath = "/" };

    /// <summary>Reads the text as a field of its label.</summary>
    /// <exception cref="InvalidDataException">Its kind is not known.</exception>
    public static ReadText Of(ReadingText text) => text.Kind switch
    {
        "period" => OfPeriod(text),
        "amount" => OfAmount(text),
        "trl" => OfLevels(text),
        "audience" => OfAudience(text),
        _ => throw new InvalidDataException($"A text has the unknown kind '{text.Kind}'."),
    };

    /// <summary>Reads the line as the only one of a page's body; null where it does not state the period of applications.</summary>
    public static ReadText? OfLine(ReadingText text)
    {
        if (text is not { Kind: "period", Line: { } line, Role: "application" })
        {
            return null;
        }

        var page = DetailPage.Read($"<h1>-</h1><dl></dl><article>{WebUtility.HtmlEncode(line)}</article>", Layout)!;
        var deadline = AnnouncementComposer.Compose(Agency.NTIS, Row, page, Board, TimeProvider.System.GetUtcNow()).Deadline;
        return new(text, Compare(deadline == End(text), isEmpty: deadline is null), $"{deadline:O}");
    }

    private static ReadText OfPeriod(ReadingText text)
    {
        var period = KoreanDates.ParsePeriod(text.Text);
        if (PeriodLabel.Of(text.Label).Role == PeriodRole.Start && period is { Start: null })
        {
            period = new(KoreanDates.ParseStart(text.Text), null, period.Rolling);
        }

        var start = text.Word("start") is { } day ? DateOnly.Parse(day[..10], CultureInfo.InvariantCulture) : (DateOnly?)null;
        var isRight = period.End == End(text) && period.Rolling == text.Is("rolling")
            && (start is null || (period.Start is { } read && SeoulTime.DateOf(read) == start));
        return new(text, Compare(isRight, isEmpty: period == default), $"{period}");
    }

    private static ReadText OfAmount(ReadingText text)
    {
        var amounts = KoreanAmounts.Parse(text.Text);
        var (total, perProject) = (text.Number("amount_total_won"), text.Number("amount_per_project_won"));
        return new(
            text, Compare((amounts.Total, amounts.PerProject) == (total, perProject), isEmpty: amounts is { Total: null, PerProject: null }), $"{amounts}");
    }

    private static ReadText OfLevels(ReadingText text)
    {
        var levels = TrlRanges.Parse(text.Text);
        return new(text, Compare((levels.Min, levels.Max) == (text.Number("min"), text.Number("max")), levels.IsEmpty), $"{levels}");
    }

    private static ReadText OfAudience(ReadingText text)
    {
        var audience = Audiences.Parse(text.Text);
        var answer = (audience.Contains(OrganizationType.Company), audience.Contains(OrganizationType.ResearchInstitute)) switch
        {
            (true, true) => "BOTH",
            (true, false) => "COMPANY",
            (false, true) => "INSTITUTE",
            _ => null,
        };
        return new(text, Compare(answer == text.Word("audience"), isEmpty: answer is null), answer ?? "-");
    }

    // A day without an hour ends at its end.
    private static DateTimeOffset? End(ReadingText text)
    {
        if (text.Word("end") is not { } written)
        {
            return null;
        }

        var moment = DateTime.Parse(written, CultureInfo.InvariantCulture);
        return new(written.Contains('T', StringComparison.Ordinal) ? moment : moment.Date + EndOfDay.ToTimeSpan(), SeoulTime.Offset);
    }

    private static ReadingResult Compare(bool isRight, bool isEmpty) =>
        isRight ? ReadingResult.Right : isEmpty ? ReadingResult.Unknown : ReadingResult.Wrong;
}
