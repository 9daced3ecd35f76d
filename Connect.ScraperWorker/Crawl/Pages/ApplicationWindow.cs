using System.Collections.Immutable;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>The period of applications, from the labels that agencies use for it.</summary>
/// <param name="Start">First moment; null where not announced.</param>
/// <param name="Deadline">Last moment; null where rolling or not announced.</param>
/// <param name="Periods">
/// The rounds and the replaced periods of the statement that gives the deadline, in the order of its text; empty where it states one
/// period and nothing else.
/// </param>
/// <param name="Unsure">The statement of which a part was not understood; null where all was.</param>
internal readonly record struct ApplicationWindow(
    DateTimeOffset? Start, DateTimeOffset? Deadline, ImmutableArray<ApplicationPeriod> Periods, string? Unsure)
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
    /// <param name="withStruck">The page's with what it strikes through; null where it strikes nothing through.</param>
    /// <param name="row">The list's.</param>
    /// <param name="now">Of several rounds that have not ended then, the one that ends first counts.</param>
    public static ApplicationWindow Read(LabelValues fields, LabelValues? withStruck, ListRow row, DateTimeOffset now)
    {
        var statements = Statements(fields, withStruck);
        var (stated, period) = (First(statements, PeriodRole.Deadline), First(statements, PeriodRole.Application));
        var received = statements.Find(static statement => statement.Label.Role == PeriodRole.Start);
        var start = KoreanDates.ParseStart(received?.Text) ?? KoreanDates.ParseStart(row.Start);

        // An extension counts before what it extends. 접수일 is a single date on most boards and the whole period on others.
        var renewed = statements.Find(static statement => statement.Label.IsRenewed && statement.IsLegible);
        Statement?[] ends = [renewed, stated, period, received?.Reading.Rounds is [{ Start: not null }, ..] ? received : null];
        var counted = Array.Find(ends, static statement => statement?.HasEnd == true);
        var isUnstated = stated is null && period is null && string.IsNullOrEmpty(row.Deadline);
        if (counted is null && stated?.IsLegible != true && period?.IsLegible != true)
        {
            counted = Unlabelled(row.Deadline) ?? (isUnstated ? Unlabelled(fields.BarePeriod) : null);
        }

        var unsure = (renewed ?? (stated?.IsLegible == true ? stated : period ?? stated)) is { Reading.IsUnsure: true } doubtful ? doubtful.Text : null;
        if (unsure is not null && Unlabelled(row.Deadline) is { } listed)
        {
            // What the page says is a text that was not understood in every part, and what the list says is a date.
            (counted, unsure) = (listed, null);
        }

        if (counted?.Reading.Rounds.Length > 1)
        {
            // A start that another label states is the same for all rounds, so a round's own start comes first.
            var rounds = PeriodsOf(counted, statements, round => round.Start ?? start ?? period?.Reading.At(round.End ?? DateTimeOffset.MaxValue).Start);
            var next = ApplicationPeriod.RoundAt(rounds, now) ?? rounds.Where(static round => !round.IsReplaced).MaxBy(static round => round.End)!;
            return new(next.Start, next.End, rounds, unsure);
        }

        start ??= period?.Reading.At(now).Start ?? stated?.Reading.At(now).Start;
        var deadline = counted is not null ? counted.Reading.At(now).End : isUnstated ? PublicationEnd(fields, start) : null;
        return new(
            start, WithHour(deadline, statements), counted?.Reading.Periods.Length > 1 ? PeriodsOf(counted, statements, _ => start) : [], unsure);
    }

    private static Statement? Unlabelled(string? text) => new Statement(default, text ?? "", KoreanDates.Read(text)) is { HasEnd: true } statement ? statement : null;

    // The first that is legible, else the first. "추후 공지" (to be announced) is a statement too.
    private static Statement? First(List<Statement> statements, PeriodRole role) =>
        statements.Find(statement => statement.Label.Role == role && statement.IsLegible) ?? statements.Find(statement => statement.Label.Role == role);

    private static List<Statement> Statements(LabelValues fields, LabelValues? withStruck)
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

            var statement = new Statement(read, value, Read(value, withStruck?.First(label)));
            if (!isAction)
            {
                // 접수마감시간 is an hour on some boards, and the whole moment on others.
                var isMoment = read.Role == PeriodRole.Hour && statement.HasEnd;
                statements.Add(isMoment ? statement with { Label = read with { Role = PeriodRole.Deadline } } : statement);
            }
            else if (statement.HasEnd)
            {
                // "신청 : 홈페이지" says how, and not when; with a date it says less than a label that names a period.
                actions.Add(statement with { Label = new(PeriodRole.Application, IsRenewed: false) });
            }
        }

        return [.. statements, .. actions];
    }

    // What is struck through is only history: it counts where the rest is read the same with it.
    private static PeriodReading Read(string value, string? withStruck)
    {
        var reading = KoreanDates.Read(value);
        return withStruck is not null && KoreanDates.Read(withStruck) is { IsUnsure: false } full && full.Rounds.SequenceEqual(reading.Rounds) ? full : reading;
    }

    private static ImmutableArray<ApplicationPeriod> PeriodsOf(
        Statement statement, List<Statement> statements, Func<DatePeriod, DateTimeOffset?> startOf) =>
    [
        .. statement.Reading.Periods.Select(period => new ApplicationPeriod(
            period.IsReplaced ? period.Start : startOf(period), WithHour(period.End, statements), period.IsReplaced)),
    ];

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
    private sealed record Statement(PeriodLabel Label, string Text, PeriodReading Reading)
    {
        public bool HasEnd { get; } = Reading.Periods.Any(static period => period is { IsReplaced: false, End: not null });

        public bool IsLegible => HasEnd || Reading.Periods.Any(static period => period is { IsReplaced: false, Rolling: true });
    }
}
