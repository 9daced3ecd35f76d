using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Testing.Data;

namespace Connect.Benchmarks.Scale.Worker;

/// <summary>
/// A board with announcements that generated organizations have something to choose from. Every time that it is read,
/// one program in a hundred has changed.
/// </summary>
internal sealed class ScaleBoard(int programs, DateTimeOffset now) : ReadBoard(Agency.NTIS)
{
    private const int Every = 100;
    private const long Won = 100_000_000;

    // No deadline passes during the measurement, because that would change rankings.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(2);

    private readonly TimeSpan _shift = now + Margin - GeneratedPrograms.Now;
    private int _edition = -1;

    protected override IEnumerable<RowResult> Rows()
    {
        var edition = Interlocked.Increment(ref _edition);
        return Enumerable.Range(0, programs).Select(number => Row(number, url => Announcement(number, url, edition)));
    }

    private ScrapedAnnouncement Announcement(int number, string url, int edition)
    {
        var said = GeneratedPrograms.Announcement(number);
        return new()
        {
            Agency = Agency,
            Title = said.Title,
            Url = url,
            Ministry = said.Ministry,
            Keywords = said.Keywords,
            Description = Body,
            TargetTypes = said.Audience,
            MinTrl = said.Trl.Min,
            MaxTrl = said.Trl.Max,
            BudgetAmount = number % Every == 0 ? Won * (1 + edition) : said.Budget,
            PublishedAt = now.AddDays(-(number % 25)),
            ApplicationStart = now.AddDays(-(number % 20)),
            Deadline = said.Deadline + _shift,
        };
    }
}
