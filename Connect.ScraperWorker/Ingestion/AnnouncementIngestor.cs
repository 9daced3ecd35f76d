using Connect.Core.Caching;
using Connect.Core.Caching.Warming;
using Connect.Core.Data;
using Connect.Core.Programs;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Sources;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>What came of a run's rows.</summary>
internal sealed record IngestionResult(int New, int Changed, int Unchanged);

/// <summary>
/// Brings a run's announcements into the database: calls, run log and evictions in one transaction. Idempotent: the
/// same rows again are unchanged, and what is unchanged evicts nothing.
/// </summary>
internal sealed class AnnouncementIngestor(EvictingTransaction transaction, TimeProvider time)
{
    private const string Reason = "scrape";

    /// <summary>Upserts the announcements and completes the run.</summary>
    /// <param name="runId">The run, in state Running.</param>
    /// <param name="announcements">Readable rows; of two rows of one call the first counts.</param>
    /// <param name="errors">Unreadable rows.</param>
    /// <param name="cancellationToken">Cancels until COMMIT.</param>
    public Task<IngestionResult> IngestAsync(
        Guid runId, IReadOnlyList<ScrapedAnnouncement> announcements, IReadOnlyList<RowError> errors, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = announcements
            .Select(announcement => new Row(announcement, AnnouncementHashes.IdentityOf(announcement), StatusOf(announcement, now)))
            .DistinctBy(row => row.IdentityKey)
            .ToList();
        return transaction.ExecuteAsync(
            async (context, token) =>
            {
                var (result, isMatchingTouched) = await UpsertAsync(context, rows, now, token).ConfigureAwait(false);
                var run = await context.ScrapeRuns.SingleAsync(r => r.Id == runId, token).ConfigureAwait(false);
                run.Status = ScrapeStatus.Succeeded;
                run.CompletedAt = time.GetUtcNow();
                run.Found = announcements.Count;
                (run.New, run.Changed, run.Unchanged) = (result.New, result.Changed, result.Unchanged);
                ScrapeRunErrors.Write(run, errors);
                if (isMatchingTouched)
                {
                    context.EvictTags(Reason, CacheTags.Programs, CacheTags.Matches);
                    await context.SaveChangesAsync(token).ConfigureAwait(false);
                    await context.RequestWarmingAsync(WarmingTrigger.Scrape, now, token).ConfigureAwait(false);
                }

                return result;
            },
            cancellationToken);
    }

    private static async Task<(IngestionResult Result, bool IsMatchingTouched)> UpsertAsync(
        ConnectDbContext context, List<Row> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = rows.ConvertAll(row => row.IdentityKey);
        var known = await context.Programs
            .Where(program => keys.Contains(program.IdentityKey))
            .ToDictionaryAsync(program => program.IdentityKey, cancellationToken).ConfigureAwait(false);

        int inserted = 0, changed = 0;
        var isMatchingTouched = false;
        foreach (var row in rows)
        {
            var fingerprint = AnnouncementHashes.FingerprintOf(row.Announcement);
            if (!known.TryGetValue(row.IdentityKey, out var program))
            {
                program = new FundingProgram
                {
                    Title = row.Announcement.Title,
                    AnnouncementUrl = row.Announcement.Url,
                    IdentityKey = row.IdentityKey,
                    Fingerprint = fingerprint,
                    CreatedAt = now,
                };
                context.Programs.Add(program);
                inserted++;
            }
            else if (program.Fingerprint != fingerprint || IsReopenedOrClosed(program, row))
            {
                isMatchingTouched |= program.IsMatched;
                changed++;
            }
            else
            {
                continue;
            }

            Copy(row, program, fingerprint, now);
            isMatchingTouched |= program.IsMatched;
        }

        return (new IngestionResult(inserted, changed, rows.Count - inserted - changed), isMatchingTouched);
    }

    // What people archived stays archived as long as its content is the same.
    private static bool IsReopenedOrClosed(FundingProgram program, Row row) =>
        program.Status != ProgramStatus.Archived && program.Status != row.Status;

    private static ProgramStatus StatusOf(ScrapedAnnouncement announcement, DateTimeOffset now) =>
        announcement.Closed || announcement.Deadline < now ? ProgramStatus.Expired : ProgramStatus.Active;

    private static void Copy(Row row, FundingProgram program, string fingerprint, DateTimeOffset now)
    {
        var announcement = row.Announcement;
        program.Agency = announcement.Agency;
        program.Status = row.Status;
        program.Title = announcement.Title;
        program.Description = announcement.Description;
        program.Ministry = announcement.Ministry;
        program.AnnouncingAgency = announcement.AnnouncingAgency;
        program.Category = announcement.Category;
        program.Keywords = [.. announcement.Keywords];
        program.StatedTargetTypes = [.. announcement.TargetTypes];
        program.StatedMinTrl = announcement.MinTrl;
        program.StatedMaxTrl = announcement.MaxTrl;
        program.BudgetAmount = announcement.BudgetAmount;
        program.PublishedAt = announcement.PublishedAt?.ToUniversalTime();
        program.ApplicationStart = announcement.ApplicationStart?.ToUniversalTime();
        program.Deadline = announcement.Deadline?.ToUniversalTime();
        program.AnnouncementUrl = announcement.Url;
        program.AttachmentNames = [.. announcement.AttachmentNames];
        program.Fingerprint = fingerprint;
        program.UpdatedAt = now;
        program.Classify();
    }

    private sealed record Row(ScrapedAnnouncement Announcement, string IdentityKey, ProgramStatus Status);
}
