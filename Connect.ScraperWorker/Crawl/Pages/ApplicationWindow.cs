using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>The period of applications, from the labels that agencies use for it.</summary>
/// <param name="Start">First moment; null where not announced.</param>
/// <param name="Deadline">Last moment; null where rolling or not announced.</param>
/// <param name="Unsure">The statement of which a part was not understood; null where all was.</param>
internal readonly record struct ApplicationWindow(DateTimeOffset? Start, DateTimeOffset? Deadline, string? Unsure = null)
{
    private static readonly TimeOnly NoHour = new(23, 59, 59);

    /// <summary>The period in which the announcement itself is published.</summary>
    public static DatePeriod Publication(LabelValues fields)
    {
        foreach (var (label, value) in fields.Pairs)
        {
            if (PeriodLabel.Of(label).Role == PeriodRole.Publication)
            {
                return KoreanDates.ParsePeriod(value);
            }
        }

        return default;
    }

    /// <summary>Reads the detail page's fields, and the list row for what they do not state.</summary>
    /// <param name="fields">The page's.</param>
    /// <param name="row">The list's.</param>
    /// <param name="now">Of several rounds, the next that has not ended then counts.</param>
    public static ApplicationWindow Read(LabelValues fields, ListRow row, DateTimeOffset now)
    {
        var statements = Statements(fields, now);
        var (stated, period) = (First(statements, PeriodRole.Deadline), First(statements, PeriodRole.Application));
        var received = statements.Find(static statement => statement.Label.Role == PeriodRole.Start)?.Text;
        var start = KoreanDates.ParseStart(received) ?? KoreanDates.ParseStart(row.Start) ?? period?.Period.Start ?? stated?.Period.Start;

        // An extension counts before what it extends. 접수일 is a single date on most boards and the whole period on others.
        var renewed = statements.Find(static statement => statement.Label.IsRenewed && statement.IsLegible);
        var deadline = renewed?.Period.End ?? stated?.Period.End ?? period?.Period.End
            ?? (KoreanDates.ParsePeriod(received) is { Start: not null, End: { } end } ? end : null);
        if (deadline is null && stated?.Period.Rolling != true && period?.Period.Rolling != true)
        {
            deadline = KoreanDates.ParseDeadline(row.Deadline) ?? (stated is null && period is null && string.IsNullOrEmpty(row.Deadline)
                ? KoreanDates.ParseDeadline(fields.BarePeriod) ?? PublicationEnd(fields, start)
                : null);
        }

        return new(start, WithHour(deadline, statements), (renewed ?? (stated?.IsLegible == true ? stated : period ?? stated)) is { IsUnsure: true } unsure ? unsure.Text : null);
    }

    // The first that is legible, else the first. "추후 공지" (to be announced) is a statement too.
    private static Statement? First(List<Statement> statements, PeriodRole role) =>
        statements.Find(statement => statement.Label.Role == role && statement.IsLegible) ?? statements.Find(statement => statement.Label.Role == role);

    private static List<Statement> Statements(LabelValues fields, DateTimeOffset now)
    {
        List<Statement> statements = [], actions = [];
        foreach (var (label, value) in fields.Pairs.Where(static pair => pair.Value.Length > 0))
        {
            var read = PeriodLabel.Of(label);
            var isAction = read.Role == PeriodRole.Other && PeriodLabel.IsAction(label);
            if (read.Role is PeriodRole.Publication || (read.Role == PeriodRole.Other && !isAction))
            {
                continue;
            }

            var reading = KoreanDates.Read(value);
            var period = reading.At(now);
            if (!isAction)
            {
                // 접수마감시간 is an hour on some boards, and the whole moment on others.
                var isMoment = read.Role == PeriodRole.Hour && period.End is not null;
                statements.Add(new(isMoment ? read with { Role = PeriodRole.Deadline } : read, value, period, reading.IsUnsure));
            }
            else if (period.End is not null)
            {
                // "신청 : 홈페이지" says how, and not when; with a date it says less than a label that names a period.
                actions.Add(new(new(PeriodRole.Application, IsRenewed: false), value, period, reading.IsUnsure));
            }
        }

        return [.. statements, .. actions];
    }

    // Boards that state no other period publish a program while it is open. Other boards publish longer, so this comes last.
    private static DateTimeOffset? PublicationEnd(LabelValues fields, DateTimeOffset? start) =>
        Publication(fields).End is { } end && !(end < start) ? end : null;

    private static DateTimeOffset? WithHour(DateTimeOffset? deadline, List<Statement> statements) =>
        deadline is { } day
        && TimeOnly.FromTimeSpan(day.TimeOfDay) == NoHour
        && KoreanDates.ParseTime(statements.Find(static statement => statement.Label.Role == PeriodRole.Hour)?.Text) is { } hour
            ? new DateTimeOffset(day.Date + hour.ToTimeSpan(), day.Offset)
            : deadline;

    // What a page says of its period.
    private sealed record Statement(PeriodLabel Label, string Text, DatePeriod Period, bool IsUnsure)
    {
        public bool IsLegible => Period is { End: not null } or { Rolling: true };
    }
}
