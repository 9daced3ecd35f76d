using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Benchmarks.Serving;

/// <summary>
/// A board whose pages are read already: each announcement is made when it is asked for, and none is kept, so that time
/// and memory are those of what comes behind the parser.
/// </summary>
internal abstract class ReadBoard(Agency agency) : IAnnouncementSource
{
    /// <summary>About what a board's page holds: 1,500 characters.</summary>
    protected static readonly string Body = string.Concat(Enumerable.Range(1, 18).Select(i =>
        $"○ {i}. 연구개발과제를 다음과 같이 공고하오니, 수행하고자 하는 자는 신청하여 주시기 바랍니다. 중소기업과 대학, 연구소의 컨소시엄을 우대한다.\n"));

    public Agency Agency => agency;

    public IAsyncEnumerable<RowResult> ReadAsync(IKnownPostings postings, CancellationToken cancellationToken) =>
        Rows().ToAsyncEnumerable();

    public virtual Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken) =>
        Task.FromResult<RowOutcome?>(null);

    /// <summary>Everything that stands on the board now.</summary>
    protected abstract IEnumerable<RowResult> Rows();

    /// <summary>A row of NTIS' board, with the announcement that is made for its address.</summary>
    protected static RowResult Row(int number, Func<string, ScrapedAnnouncement> announcementAt)
    {
        var address = $"/view.do?roRndUid={1_000_000 + number}&flag=rndList";
        return RowResult.Read(address, "as generated", announcementAt("https://www.ntis.go.kr" + address) with
        {
            AnnouncingAgency = "전문기관",
            AttachmentNames = ["공고문.hwp", "붙임1. 연구개발계획서 양식.zip"],
        });
    }
}
