using Connect.Domain.Classification;
using Connect.Domain.Programs;
using Connect.Domain.Series;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Stage;

/// <summary>Converts an announcement to the program that it would be if it were new.</summary>
internal static class StagedProgram
{
    public static FundingProgram Of(ScrapedAnnouncement announcement, DateTimeOffset now)
    {
        var program = new FundingProgram
        {
            Agency = announcement.Agency,
            Title = announcement.Title,
            Description = announcement.Description,
            Ministry = announcement.Ministry,
            AnnouncingAgency = announcement.AnnouncingAgency,
            Category = announcement.Category,
            BoardType = announcement.BoardType,
            Keywords = [.. announcement.Keywords],
            StatedTargetTypes = [.. announcement.TargetTypes],
            StatedMinTrl = announcement.MinTrl,
            StatedMaxTrl = announcement.MaxTrl,
            BudgetAmount = announcement.BudgetAmount,
            PublishedAt = announcement.PublishedAt?.ToUniversalTime(),
            ApplicationStart = announcement.ApplicationStart?.ToUniversalTime(),
            Deadline = announcement.Deadline?.ToUniversalTime(),
            Periods = announcement.Periods,
            AnnouncementUrl = announcement.Url,
            AttachmentNames = [.. announcement.AttachmentNames],
            IdentityKey = AnnouncementHashes.IdentityOf(announcement),
            Fingerprint = AnnouncementHashes.FingerprintOf(announcement),
            CreatedAt = now,
            UpdatedAt = now,
        };

        // A round can have ended since the page was read.
        program.MoveToNextRound(now);
        program.Status = announcement.Closed || program.Deadline < now ? ProgramStatus.Expired : ProgramStatus.Active;
        program.Classify();
        program.SeriesKey = SeriesKey.Of(program);
        return program;
    }
}
