using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>
/// Joins a list row and its detail page into an announcement. Each field has several labels, one for each agency's usage. The
/// detail page comes before the list, except for an amount, which lists state as a number; and a field before the body's text.
/// </summary>
internal static class AnnouncementComposer
{
    // The order matters: the whole program's amount, then amounts that may be a part of it, then free text.
    private static readonly string[] AmountLabels =
    [
        "공고금액", "총사업비", "총연구비", "총연구개발비", "총지원규모", "총예산", "지원규모", "지원금액", "지원예산", "사업예산", "예산규모", "예산액", "사업비",
        "사업규모", "정부지원금", "정부출연금", "정부지원연구개발비", "정부지원연구비", "출연금", "지원금", "지원한도", "지원금한도", "연구비", "연구개발비", "예산",
        "지원내용",
    ];

    // Other labels are composed of such words: 총정부지원연구개발비, 과제별지원규모, 공고규모.
    private static readonly string[] AmountWords =
        ["사업비", "연구비", "연구개발비", "출연금", "지원금", "예산", "지원규모", "공고규모", "지원한도", "지원액", "국비"];

    private static readonly string[] OtherAmounts =
        ["부담", "현금", "현물", "기간", "매칭", "대응", "방법", "비목", "정산", "집행", "계획", "내역", "산정", "기준"];

    /// <param name="agency">The board's.</param>
    /// <param name="row">Of the list.</param>
    /// <param name="detail">The page.</param>
    /// <param name="options">The board's.</param>
    /// <param name="now">Of several rounds of applications, the next that has not ended then counts.</param>
    public static ScrapedAnnouncement Compose(Agency agency, ListRow row, DetailPage detail, BoardOptions options, DateTimeOffset now)
    {
        var fields = detail.Fields;
        var window = ApplicationWindow.Read(fields, detail.WithStruck, row, now);
        var trl = Trl(detail);
        return new()
        {
            Agency = agency,
            Title = detail.Title,
            Url = Links.ToPublic(row.Address, options),
            Ministry = fields.First("부처명", "소관부처", "주무부처", "부처") ?? NullIfEmpty(row.Ministry) ?? NullIfEmpty(options.DefaultMinistry),
            AnnouncingAgency = fields.First("공고기관명", "공고기관", "전문기관", "전문기관명", "시행기관", "주관기관") ?? NullIfEmpty(row.AnnouncingAgency),
            BoardType = fields.First("공고유형", "공고형태", "공모유형", "공고구분", "공모구분", "공고종류", "공모종류", "사업유형", "사업구분", "게시판") ?? NullIfEmpty(row.Type),
            Category = fields.First("기술분야", "지원분야", "사업분야", "분야", "카테고리"),
            Keywords = Keywords(fields.First("키워드", "핵심어", "주제어")),
            Description = NullIfEmpty(detail.Body),
            TargetTypes = Audiences.Parse(fields.First("지원대상", "신청자격", "지원자격", "신청대상", "참여자격", "공모대상") ?? row.Audience),
            MinTrl = trl.Min,
            MaxTrl = trl.Max,
            BudgetAmount = KoreanAmounts.ParseWithHeader("예산(원)", row.Budget) ?? Amount(fields),
            PublishedAt = KoreanDates.ParseStart(fields.First("공고일", "공고일자", "등록일", "등록일자", "게시일", "작성일"))
                ?? KoreanDates.ParseStart(row.Published) ?? ApplicationWindow.Publication(fields).Start,
            ApplicationStart = window.Start,
            Deadline = window.Deadline,
            Periods = window.Periods,
            UnsurePeriod = window.Unsure,
            Closed = BoardStatus.IsClosed(row.Status) || BoardStatus.IsClosed(fields.First("접수상태", "진행상태", "상태")),
            AttachmentNames = detail.Attachments,
        };
    }

    private static long? Amount(LabelValues fields)
    {
        foreach (var name in AmountLabels)
        {
            // The label "총연구비(억원)" is 총연구비 with the unit of its number.
            foreach (var (label, value) in fields.All(name))
            {
                if (KoreanAmounts.ParseWithHeader(label, value) is { } amount)
                {
                    return amount;
                }
            }
        }

        foreach (var (label, value) in fields.Pairs)
        {
            if (AmountWords.Any(word => label.Contains(word, StringComparison.Ordinal)) && !OtherAmounts.Any(word => label.Contains(word, StringComparison.Ordinal))
                && KoreanAmounts.ParseWithHeader(label, value) is { } amount)
            {
                return amount;
            }
        }

        return null;
    }

    private static TrlRange Trl(DetailPage detail)
    {
        var label = detail.Fields.Labels.FirstOrDefault(candidate =>
            candidate.Contains("TRL", StringComparison.OrdinalIgnoreCase) || candidate.Contains("기술성숙도", StringComparison.Ordinal)
            || candidate.Contains("기술준비", StringComparison.Ordinal));
        var stated = label is null ? default : TrlRanges.Parse("TRL " + detail.Fields.First(label));
        return stated.IsEmpty ? TrlRanges.Parse(detail.Body) : stated;
    }

    private static ImmutableArray<string> Keywords(string? text) =>
        text is null
            ? []
            : [.. text.Split([',', ';', '/', '#', '|', '、', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Take(50)];

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
