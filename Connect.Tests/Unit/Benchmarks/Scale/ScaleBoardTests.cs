using Connect.Benchmarks.Scale.Worker;
using Connect.Domain.Classification;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Stage;

namespace Connect.Tests.Unit.Benchmarks.Scale;

/// <summary>The board that is scraped.</summary>
public sealed class ScaleBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task One_program_in_a_hundred_changes_every_time_that_it_is_read()
    {
        var board = new ScaleBoard(300, Now);
        var first = await ReadAsync(board);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var next = await ReadAsync(board);
            Assert.Equal(first.Select(AnnouncementHashes.IdentityOf), next.Select(AnnouncementHashes.IdentityOf));
            Assert.Equal(3, first.Zip(next).Count(pair => AnnouncementHashes.FingerprintOf(pair.First) != AnnouncementHashes.FingerprintOf(pair.Second)));
            first = next;
        }
    }

    [Fact]
    public async Task All_are_programs_of_their_own_and_none_closes_within_a_day()
    {
        var read = await ReadAsync(new ScaleBoard(300, Now));

        Assert.Equal(300, read.Select(AnnouncementHashes.IdentityOf).Distinct().Count());
        Assert.All(read, announcement => Assert.Equal(ProgramKind.Call, KindClassifier.Classify(new(announcement.Title) { Body = announcement.Description })));
        Assert.DoesNotContain(read, announcement => announcement.Deadline < Now.AddDays(1));
    }

    private static async Task<List<ScrapedAnnouncement>> ReadAsync(ScaleBoard board)
    {
        List<ScrapedAnnouncement> read = [];
        await foreach (var row in board.ReadAsync(null!, TestContext.Current.CancellationToken))
        {
            read.Add(row.Announcement!);
        }

        return read;
    }
}
