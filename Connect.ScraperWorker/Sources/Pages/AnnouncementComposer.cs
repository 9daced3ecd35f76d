using System.Collections.Immutable;
using Connect.Core.Classification;
using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Text;

namespace Connect.ScraperWorker.Sources.Pages;

/// <summary>
/// Puts list row and detail page together. Labels are those that agencies use for the same thing; the detail page
/// wins over the list, and a field over the body's text.
/// </summary>
internal static class AnnouncementComposer
{
    private static readonly TimeOnly NoHour = new(23, 59, 59);

    private static readonly string[] AmountLabels =
    [
        "공고금액", "총사업비", "총연구비", "지원규모", "지원금액", "지원예산", "지원내용", "사업비", "정부지원금", "정부출연금",
        "정부지원연구개발비", "지원한도", "연구비", "예산",
    ];

    /// <summary>One announcement.</summary>
    public static ScrapedAnnouncement Compose(Agency agency, ListRow row, DetailPage detail, SourceOptions options)
    {
        var fields = detail.Fields;
        var period = KoreanDates.ParsePeriod(fields.First("접수기간", "신청기간", "공모기간", "모집기간", "제출기간", "신청접수기간", "공고기간"));
        var trl = Trl(detail);
        return new()
        {
            Agency = agency,
            Title = detail.Title,
            Url = Links.ToPublic(row.Address, options),
            Ministry = fields.First("부처명", "소관부처", "주무부처", "부처") ?? NullIfEmpty(row.Ministry),
            AnnouncingAgency = fields.First("공고기관명", "공고기관", "전문기관", "전문기관명", "주관기관"),
            Category = fields.First("기술분야", "지원분야", "사업분야", "분야", "카테고리"),
            Keywords = Keywords(fields.First("키워드", "핵심어", "주제어")),
            Description = NullIfEmpty(detail.Body),
            TargetTypes = Audiences.Parse(fields.First("지원대상", "신청자격", "지원자격", "신청대상", "참여자격", "공모대상")),
            MinTrl = trl.Min,
            MaxTrl = trl.Max,
            BudgetAmount = Amount(fields),
            PublishedAt = KoreanDates.ParseStart(fields.First("공고일", "등록일", "게시일", "작성일") ?? row.Published),
            ApplicationStart = KoreanDates.ParseStart(fields.First("접수일", "접수시작일", "신청일", "신청시작일") ?? row.Start) ?? period.Start,
            Deadline = Deadline(fields, row, period),
            Closed = IsClosed(row.Status) || IsClosed(fields.First("접수상태", "진행상태", "상태")),
            AttachmentNames = detail.Attachments,
        };
    }

    private static DateTimeOffset? Deadline(LabelValues fields, ListRow row, DatePeriod period)
    {
        var stated = fields.First("마감일", "접수마감일", "접수마감", "신청마감", "신청마감일", "신청기한", "접수기한", "제출기한", "모집마감");
        if (period.Rolling || KoreanDates.IsRolling(stated))
        {
            return null;
        }

        var deadline = KoreanDates.ParseDeadline(stated) ?? period.End ?? KoreanDates.ParseDeadline(row.Deadline);
        return deadline is { } day
            && TimeOnly.FromTimeSpan(day.TimeOfDay) == NoHour
            && KoreanDates.ParseTime(fields.First("접수마감시간", "마감시간", "신청마감시간")) is { } hour
            ? new DateTimeOffset(day.Date + hour.ToTimeSpan(), day.Offset)
            : deadline;
    }

    private static long? Amount(LabelValues fields)
    {
        foreach (var name in AmountLabels)
        {
            // "총연구비(억원)" is the label 총연구비 with the unit that its number lacks.
            var label = fields.Labels.FirstOrDefault(candidate =>
                candidate == name || candidate.StartsWith(name + "(", StringComparison.Ordinal));
            if (label is not null && KoreanAmounts.ParseWithHeader(label, fields.First(label)) is { } amount)
            {
                return amount;
            }
        }

        return null;
    }

    private static TrlRange Trl(DetailPage detail)
    {
        var label = detail.Fields.Labels.FirstOrDefault(candidate =>
            candidate.Contains("TRL", StringComparison.OrdinalIgnoreCase) || candidate.Contains("기술성숙도", StringComparison.Ordinal));
        var stated = label is null ? default : TrlRanges.Parse("TRL " + detail.Fields.First(label));
        return stated.IsEmpty ? TrlRanges.Parse(detail.Body) : stated;
    }

    private static ImmutableArray<string> Keywords(string? text) =>
        text is null
            ? []
            : [.. text.Split([',', ';', '/', '#', '|', '、', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Take(50)];

    private static bool IsClosed(string? status) =>
        status is not null && (status.Contains("마감", StringComparison.Ordinal) || status.Contains("종료", StringComparison.Ordinal))
        && !status.Contains("임박", StringComparison.Ordinal);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
