using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Connect.Domain.KoreanText;

/// <summary>A period as announced; either end may be missing. Its end is never before its start.</summary>
/// <param name="Start">First moment; the start of the day where no hour is stated.</param>
/// <param name="End">Last moment; 23:59:59 where no hour is stated.</param>
/// <param name="Rolling">상시: there is no end, and that is certain.</param>
/// <param name="IsReplaced">당초, →: another one has replaced it.</param>
public readonly record struct DatePeriod(DateTimeOffset? Start, DateTimeOffset? End, bool Rolling, bool IsReplaced = false);

/// <summary>Everything that a text says of a period.</summary>
/// <param name="Periods">Its periods, those that the text itself says to be replaced included, in the order of the text.</param>
/// <param name="IsUnsure">Whether something between two dates was not understood.</param>
public readonly record struct PeriodReading(ImmutableArray<DatePeriod> Periods, bool IsUnsure)
{
    /// <summary>The periods that are valid; one where the text does not tell rounds apart.</summary>
    public ImmutableArray<DatePeriod> Rounds => [.. Periods.Where(static period => !period.IsReplaced)];

    /// <summary>The round that counts at a moment: of those that have not ended the one that ends first, else the one that ended last.</summary>
    public DatePeriod At(DateTimeOffset now)
    {
        var rounds = Rounds.OrderBy(static round => round.End ?? DateTimeOffset.MaxValue).ToArray();
        var next = Array.FindIndex(rounds, round => !(round.End < now));
        return next >= 0 ? rounds[next] : rounds is [.., var last] ? last : default;
    }
}

/// <summary>
/// Dates as Korean boards write them, in Korean time unless they name another zone. A date that does not exist is refused and never
/// rolled over; a past date is kept, because "closed" and "not announced" are different things. An ambiguous text gives no date: a
/// day without a year, an end before its start.
/// </summary>
public static partial class KoreanDates
{
    /// <summary>The only or second date of a text: when applications end.</summary>
    public static DateTimeOffset? ParseDeadline(string? text) => ParsePeriod(text).End;

    /// <summary>The only or first date of a text: when something starts or was published.</summary>
    public static DateTimeOffset? ParseStart(string? text) =>
        PeriodReader.ReadStart(PlainText.ForReading(text)) is { } start ? new(start.Date.ToDateTime(start.Time ?? TimeOnly.MinValue), Zones.Korea) : null;

    /// <summary>
    /// Both ends of a period, of several rounds those of the first. A single date is its end, unless the text says otherwise
    /// ("… 부터", "… ~").
    /// </summary>
    public static DatePeriod ParsePeriod(string? text) => Read(text).Rounds is [var first, ..] ? first : default;

    /// <summary>All that a text says of a period.</summary>
    public static PeriodReading Read(string? text)
    {
        var prepared = EndOfTimeRegex().Replace(PlainText.ForReading(text), "상시");
        var reading = PeriodReader.Read(prepared);
        if (reading.Rounds.Any(static round => round.End is not null) || !IsRolling(prepared))
        {
            return reading;
        }

        var start = reading.Rounds is [var first, ..] ? first.Start : null;
        return new([.. reading.Periods.Where(static period => period.IsReplaced), new(start, null, Rolling: true)], IsUnsure: false);
    }

    /// <summary>An hour on its own, as in 접수마감시간 : 18:00. Of "09:00 ~ 18:00" it is the second.</summary>
    public static TimeOnly? ParseTime(string? text)
    {
        var normalized = PlainText.ForParsing(text);
        for (var i = 0; i < normalized.Length; i++)
        {
            var cursor = new TextCursor(normalized, i);
            if (Hours.TryRead(ref cursor, out var time))
            {
                return TakeUntil(ref cursor, out var until) ? until : time;
            }
        }

        return null;
    }

    /// <summary>Whether the text says that applications are taken at any time.</summary>
    public static bool IsRolling(string? text) =>
        text is not null
        && (Says(text, "상시") || Says(text, "수시") || Says(text, "소진") || Says(text, "선착순") || text.Trim() is "연중"
            || text.Replace(" ", "", StringComparison.Ordinal).AsSpan().ContainsAny("연중접수", "연중모집", "연중신청"));

    private static bool TakeUntil(ref TextCursor cursor, out TimeOnly? time)
    {
        time = null;
        var next = cursor;
        next.Skip(4, " \n.,)]");
        var isStart = next.TakeAny(["부터", "에서"]);
        next.SkipBlanks(2);
        if (!next.TakeAny("~-→") && !isStart)
        {
            return false;
        }

        next.Skip(3, " \n(");
        return Hours.TryRead(ref next, out time);
    }

    // Systems that cannot store "no end" write the last day of their calendar.
    [GeneratedRegex(@"9999\s?(?:[.\-/년]\s?12\s?[.\-/월]\s?31(?:\s?[.일])?|1231)(?![0-9])(?:\s?\([월화수목금토일]\))?(?:\s[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?", RegexOptions.CultureInvariant)]
    private static partial Regex EndOfTimeRegex();

    // Not 비상시, not 평상시, not the staff of 상시근로자.
    private static bool Says(string text, string word)
    {
        var index = text.IndexOf(word, StringComparison.Ordinal);
        return index >= 0 && (index == 0 || text[index - 1] is not ('비' or '평'))
            && !text.AsSpan(index + word.Length).TrimStart().StartsWith("근로", StringComparison.Ordinal);
    }
}
