using System.Globalization;
using System.Runtime.CompilerServices;
using Connect.Benchmarks.Ingestion;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Testing.Data;

namespace Connect.Benchmarks.Scale.Worker;

/// <summary>
/// A board whose pages are parsed already, like <see cref="GeneratedBoard"/>, with announcements that match the
/// generated organizations. At each reading, one announcement in a hundred has changed.
/// </summary>
/// <param name="programs">The number of its announcements.</param>
/// <param name="now">The moment from which deadlines are counted.</param>
internal sealed class ScaleBoard(int programs, DateTimeOffset now) : IAnnouncementSource
{
    private const int Every = 100;
    private const long Won = 100_000_000;

    // No deadline passes during the measurement, because that would change rankings.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(2);

    private readonly TimeSpan _shift = now + Margin - GeneratedPrograms.Now;
    private int _edition = -1;

    public Agency Agency => Agency.NTIS;

    public Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken) => Task.FromResult<RowOutcome?>(null);

    public async IAsyncEnumerable<RowResult> ReadAsync(
        IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var edition = Interlocked.Increment(ref _edition);
        for (var number = 0; number < programs; number++)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"/view.do?roRndUid={1_000_000 + number}&flag=rndList");
            yield return RowResult.Read(address, "as generated", Announcement(number, address, edition));
        }

        await Task.CompletedTask;
    }

    private ScrapedAnnouncement Announcement(int number, string address, int edition)
    {
        var said = GeneratedPrograms.Announcement(number);
        return new()
        {
            Agency = Agency,
            Title = said.Title,
            Url = "https://www.ntis.go.kr" + address,
            Ministry = said.Ministry,
            AnnouncingAgency = "전문기관",
            Keywords = said.Keywords,
            Description = GeneratedBoard.Body,
            TargetTypes = said.Audience,
            MinTrl = said.Trl.Min,
            MaxTrl = said.Trl.Max,
            BudgetAmount = number % Every == 0 ? Won * (1 + edition) : said.Budget,
            PublishedAt = now.AddDays(-(number % 25)),
            ApplicationStart = now.AddDays(-(number % 20)),
            Deadline = said.Deadline + _shift,
            AttachmentNames = ["공고문.hwp", "붙임1. 연구개발계획서 양식.zip"],
        };
    }
}
