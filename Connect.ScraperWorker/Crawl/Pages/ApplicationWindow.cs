using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>The period of applications, from the labels that agencies use for it.</summary>
/// <param name="Start">First moment; null where not announced.</param>
/// <param name="Deadline">Last moment; null where rolling or not announced.</param>
internal readonly record struct ApplicationWindow(DateTimeOffset? Start, DateTimeOffset? Deadline)
{
    private static readonly TimeOnly NoHour = new(23, 59, 59);

    private static readonly string[] DeadlineLabels =
    [
        "마감일", "접수마감일", "접수마감", "접수마감일시", "마감일시", "마감일자", "신청마감일", "신청마감", "신청기한", "접수기한", "제출기한", "제출마감",
        "제출마감일", "모집마감", "모집마감일", "모집기한",
    ];

    private static readonly string[] PeriodLabels =
    [
        "접수기간", "신청기간", "공모기간", "모집기간", "제출기간", "신청접수기간", "신청및접수기간", "접수및신청기간", "신청서접수기간", "접수기간및방법",
        "신청기간및방법", "접수일정", "신청일정",
    ];

    private static readonly string[] StartLabels = ["접수일", "접수시작일", "접수개시일", "신청일", "신청시작일", "모집시작일"];

    /// <summary>The period in which the announcement itself is published.</summary>
    public static DatePeriod Publication(LabelValues fields) => KoreanDates.ParsePeriod(fields.First("공고기간", "게시기간", "게재기간"));

    /// <summary>Reads the detail page's fields, and the list row for what they do not state.</summary>
    public static ApplicationWindow Read(LabelValues fields, ListRow row)
    {
        var stated = KoreanDates.ParsePeriod(fields.First(DeadlineLabels));
        var period = Period(fields);
        var received = fields.First(StartLabels);
        var start = KoreanDates.ParseStart(received) ?? KoreanDates.ParseStart(row.Start) ?? period.Start ?? stated.Start;

        // 접수일 is a single date on most boards and the whole period on others.
        var deadline = stated.End ?? period.End
            ?? (KoreanDates.ParsePeriod(received) is { Start: not null, End: { } end } ? end : null);
        if (deadline is null && !stated.Rolling && !period.Rolling)
        {
            deadline = KoreanDates.ParseDeadline(row.Deadline) ?? (HasPeriod(fields, row) ? null : PublicationEnd(fields, start));
        }

        return new(start, WithHour(deadline, fields));
    }

    private static DatePeriod Period(LabelValues fields)
    {
        DatePeriod first = default;
        foreach (var label in PeriodLabels)
        {
            var period = KoreanDates.ParsePeriod(fields.First(label));
            if (period.End is not null || period.Rolling)
            {
                return period;
            }

            first = first.Start is null ? period : first;
        }

        return first;
    }

    /// <summary>Whether a period is stated, legible or not: "추후 공지" (to be announced) is a statement too.</summary>
    private static bool HasPeriod(LabelValues fields, ListRow row) =>
        !string.IsNullOrEmpty(row.Deadline) || fields.First(DeadlineLabels) is not null || fields.First(PeriodLabels) is not null;

    // Boards that state no other period publish a program while it is open. Other boards publish longer, so this comes last.
    private static DateTimeOffset? PublicationEnd(LabelValues fields, DateTimeOffset? start) =>
        Publication(fields).End is { } end && !(end < start) ? end : null;

    private static DateTimeOffset? WithHour(DateTimeOffset? deadline, LabelValues fields) =>
        deadline is { } day
        && TimeOnly.FromTimeSpan(day.TimeOfDay) == NoHour
        && KoreanDates.ParseTime(fields.First("접수마감시간", "마감시간", "신청마감시간", "접수시간")) is { } hour
            ? new DateTimeOffset(day.Date + hour.ToTimeSpan(), day.Offset)
            : deadline;
}
