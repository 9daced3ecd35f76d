using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Benchmarks.Ingestion;

/// <summary>A board of any size, with the same announcements every time.</summary>
internal sealed class GeneratedBoard(int rows) : ReadBoard(Agency.NTIS)
{
    private static readonly string[] Subjects =
        ["인공지능", "반도체", "이차전지", "신약", "수소", "스마트팜", "자율주행", "디지털트윈", "의료기기", "탄소중립", "해양관측", "로봇"];

    private static readonly string[] Ministries = ["과학기술정보통신부", "산업통상자원부", "중소벤처기업부", "해양수산부", "보건복지부"];

    private static readonly DateTimeOffset Today = new(2026, 11, 26, 0, 0, 0, TimeSpan.FromHours(9));

    protected override IEnumerable<RowResult> Rows() =>
        Enumerable.Range(0, rows).Select(number => Row(number, url => Announcement(number, url)));

    private ScrapedAnnouncement Announcement(int number, string url)
    {
        var (subject, second) = (Subjects[number % Subjects.Length], Subjects[(number * 7 / 5) % Subjects.Length]);
        return new()
        {
            Agency = Agency,
            Title = $"2026년도 {subject} {second} 융합 핵심기술개발사업 제{number}차 신규지원 대상과제 공고",
            Url = url,
            Ministry = Ministries[number % Ministries.Length],
            Category = number % 3 == 0 ? "정보통신" : null,
            Keywords = [subject, second],
            Description = $"{subject} 분야 제{number}차 과제\n{Body}",
            MinTrl = number % 5 == 0 ? 4 : null,
            MaxTrl = number % 5 == 0 ? 6 : null,
            BudgetAmount = 100_000_000L * (1 + (number % 60)),
            PublishedAt = Today.AddDays(-(number % 25)),
            ApplicationStart = Today.AddDays(-(number % 20)),
            Deadline = Today.AddDays(400 + (number % 90)).AddHours(18),
        };
    }
}
