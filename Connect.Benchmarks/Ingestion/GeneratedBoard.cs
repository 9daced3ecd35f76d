using System.Globalization;
using System.Runtime.CompilerServices;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Benchmarks.Ingestion;

/// <summary>
/// A board of any size whose pages are parsed already. Announcements are generated one by one and not kept, so that
/// time and memory are those of the steps after the parser.
/// </summary>
internal sealed class GeneratedBoard(int rows) : IAnnouncementSource
{
    private static readonly string[] Subjects =
        ["인공지능", "반도체", "이차전지", "신약", "수소", "스마트팜", "자율주행", "디지털트윈", "의료기기", "탄소중립", "해양관측", "로봇"];

    private static readonly string[] Ministries = ["과학기술정보통신부", "산업통상자원부", "중소벤처기업부", "해양수산부", "보건복지부"];

    private static readonly DateTimeOffset Today = new(2026, 11, 26, 0, 0, 0, TimeSpan.FromHours(9));

    /// <summary>A text of about a page's length: 1,500 characters.</summary>
    internal static readonly string Body = string.Concat(Enumerable.Range(1, 18).Select(i =>
        $"○ {i}. 연구개발과제를 다음과 같이 공고하오니, 수행하고자 하는 자는 신청하여 주시기 바랍니다. 중소기업과 대학, 연구소의 컨소시엄을 우대한다.\n"));

    public Agency Agency => Agency.NTIS;

    public Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken) => Task.FromResult<RowOutcome?>(null);

    public async IAsyncEnumerable<RowResult> ReadAsync(
        IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 0; number < rows; number++)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"/view.do?roRndUid={1_000_000 + number}&flag=rndList");
            yield return RowResult.Read(address, "as generated", Announcement(number, address));
        }

        await Task.CompletedTask;
    }

    private static ScrapedAnnouncement Announcement(int number, string address)
    {
        var (subject, second) = (Subjects[number % Subjects.Length], Subjects[(number * 7 / 5) % Subjects.Length]);
        return new()
        {
            Agency = Agency.NTIS,
            Title = string.Create(CultureInfo.InvariantCulture, $"2026년도 {subject} {second} 융합 핵심기술개발사업 제{number}차 신규지원 대상과제 공고"),
            Url = "https://www.ntis.go.kr" + address,
            Ministry = Ministries[number % Ministries.Length],
            AnnouncingAgency = "전문기관",
            Category = number % 3 == 0 ? "정보통신" : null,
            Keywords = [subject, second],
            Description = string.Create(CultureInfo.InvariantCulture, $"{subject} 분야 제{number}차 과제\n{Body}"),
            MinTrl = number % 5 == 0 ? 4 : null,
            MaxTrl = number % 5 == 0 ? 6 : null,
            BudgetAmount = 100_000_000L * (1 + (number % 60)),
            PublishedAt = Today.AddDays(-(number % 25)),
            ApplicationStart = Today.AddDays(-(number % 20)),
            Deadline = Today.AddDays(400 + (number % 90)).AddHours(18),
            AttachmentNames = ["공고문.hwp", "붙임1. 연구개발계획서 양식.zip"],
        };
    }
}
