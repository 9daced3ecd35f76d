using System.Diagnostics;
using System.Globalization;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>
/// What holds for any text at all. No century is made up (a date's year stands in the text, two digits are of this
/// century), a period never ends before it starts (an end that is before its start is read as no end, even where the
/// text says so), an amount is never zero or negative, and nothing throws.
/// </summary>
public sealed class TextFuzzTests
{
    private const int Seed = 20_250_315;
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);

    [Fact]
    public void Dates_and_amounts_stay_sound_when_texts_are_anything() => CheckDatesAndAmounts(100_000);

    [Fact(Explicit = true)]
    public void Dates_and_amounts_stay_sound_when_a_million_texts_are_anything() => CheckDatesAndAmounts(1_000_000);

    private static void CheckDatesAndAmounts(int texts) => Check(texts, text =>
    {
        var period = KoreanDates.ParsePeriod(text);
        var start = KoreanDates.ParseStart(text);
        var amounts = KoreanAmounts.Parse(text);
        return Problem(text, period.Start) ?? Problem(text, period.End) ?? Problem(text, start)
            ?? (period.End < period.Start ? "the end is before the start" : null)
            ?? (period.End is not null && period.Rolling ? "rolling has an end" : null)
            ?? FirstAsEnd(text)
            ?? (period.Start is { } first && first != start ? "the starts differ" : null)
            ?? (amounts.Total is <= 0 || amounts.PerProject is <= 0 || amounts.Precondition is <= 0 ? "an amount is not positive" : null)
            ?? (amounts != default && !text.Any(char.IsNumber) && !PlainText.ForParsing(text).Any(char.IsAsciiDigit) ? "an amount has no digit" : null);
    });

    [Fact]
    public void Other_readers_stay_sound_when_texts_are_anything() => Check(50_000, text =>
    {
        var trl = TrlRanges.Parse(text);
        var amount = KoreanAmounts.ParseWithHeader(text, text);
        var values = LabelValues.Read(text);
        _ = KoreanDates.ParseTime(text);
        _ = Titles.Clean(text);
        return Audiences.Parse(text).IsDefault ? "the audience is missing"
            : trl.Min is < 1 or > 9 || trl.Max is < 1 or > 9 || trl.Min > trl.Max ? $"the levels are {trl}"
            : amount <= 0 ? "an amount is not positive"
            : KoreanDates.ParseDeadline(text) != KoreanDates.ParsePeriod(text).End ? "the deadline is not the end"
            : values.Labels.Any(label => label.Length is 0 or > 20) ? "a label has no or too many letters"
            : null;
    });

    [Theory]
    [InlineData("0")]
    [InlineData("2025.")]
    [InlineData("2025.03.15")]
    [InlineData("25.03.15 ")]
    [InlineData("'25.3.")]
    [InlineData("2025.02.31(금)")]
    [InlineData("공고 2025.03.15 ")]
    [InlineData("오후 ")]
    [InlineData("18:")]
    [InlineData("~")]
    [InlineData("(금)")]
    [InlineData("1억 ")]
    [InlineData("1억~")]
    [InlineData("1,000,")]
    [InlineData("1.")]
    [InlineData("과제당 총 투자 ")]
    [InlineData("단위: ")]
    [InlineData("1(")]
    [InlineData("TRL 4, ")]
    [InlineData("TRL ")]
    [InlineData("기업부설")]
    [InlineData("상시근로 ")]
    [InlineData("가. ")]
    [InlineData("접수(:")]
    [InlineData("접수기간:1\n")]
    [InlineData("<b ")]
    public void Readers_take_a_moment_when_a_text_has_200_000_characters(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        var watch = Stopwatch.StartNew();

        _ = KoreanDates.ParsePeriod(text);
        _ = KoreanDates.ParseStart(text);
        _ = KoreanDates.ParseTime(text);
        _ = KoreanAmounts.Parse(text);
        _ = KoreanAmounts.ParseWithHeader(text, text);
        _ = TrlRanges.Parse(text);
        _ = Audiences.Parse(text);
        _ = LabelValues.Read(text).First("접수기간");
        _ = Titles.Clean(text);

        // A few milliseconds each; time that grows with the square would be minutes.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    // What stands between two dates and is not understood never makes the first one the end; a tilde before it does.
    private static string? FirstAsEnd(string text)
    {
        var (reading, read) = (KoreanDates.Read(text), PlainText.ForReading(text));
        return reading.IsUnsure && DateMarks.Find(read) is [{ Moment: { } first } mark, .. var others]
            && !read[..mark.Start].TrimEnd(' ', '(', '\'').EndsWith('~')
            && others.TrueForAll(other => other.Moment?.Date != first.Date)
            && reading.Rounds.Any(round => round.End is { } end && DateOnly.FromDateTime(end.Date) == first.Date)
                ? "the first date is the end, although something behind it is not understood"
                : null;
    }

    private static string? Problem(string text, DateTimeOffset? moment)
    {
        if (moment is not { } date)
        {
            return null;
        }

        if (date.Offset != Kst || date.Year is < 1900 or > 2101)
        {
            return $"the date is {date:O}";
        }

        // A second date may be in the next year, and the hour of a zone shifts the day by one.
        var normalized = PlainText.ForParsing(text);
        return Enumerable.Range(date.Year - 1, 3).Any(year => Stands(normalized, year)) ? null : $"the year of {date:O} does not stand in the text";
    }

    private static bool Stands(string text, int year) =>
        text.Contains(year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        || (year is >= 2000 and <= 2099 && text.Contains((year % 100).ToString("00", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static void Check(int count, Func<string, string?> problem)
    {
        var texts = new FuzzTexts(Seed);
        for (var i = 0; i < count; i++)
        {
            var text = texts.Next();
            string? found;
            try
            {
                found = problem(text);
            }
            catch (Exception exception)
            {
                // The message of every failure must have the text.
                found = exception.ToString();
            }

            Assert.True(found is null, $"seed {Seed}, text {i}, \"{FuzzTexts.Show(text)}\": {found}");
        }
    }
}
