using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Announcements as boards publish them.</summary>
internal static class Announcements
{
    public static DateTimeOffset Deadline { get; } = new(2026, 7, 31, 18, 0, 0, TimeSpan.FromHours(9));

    /// <summary>The row that it stands in.</summary>
    public static RowResult Row(ScrapedAnnouncement announcement) =>
        RowResult.Read(new Uri(announcement.Url).PathAndQuery, $"list of {announcement.Title}", announcement);

    public static ScrapedAnnouncement Of(string title = "2026년 인공지능 기술개발사업 공고", Agency agency = Agency.NTIS) => new()
    {
        Agency = agency,
        Title = title,
        Url = $"https://www.ntis.go.kr/view.do?title={Uri.EscapeDataString(title)}",
        Ministry = "과학기술정보통신부",
        BoardType = "공모",
        Category = "ICT",
        Description = "인공지능 기술을 개발한다.",
        Keywords = ["인공지능"],
        MinTrl = 4,
        MaxTrl = 6,
        BudgetAmount = 1_000_000_000,
        PublishedAt = Deadline.AddDays(-60),
        Deadline = Deadline,
        AttachmentNames = ["공고문.hwp"],
    };
}
