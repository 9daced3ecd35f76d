using System.Diagnostics;
using Connect.Core.Data;
using Connect.Core.Diagnostics;
using Connect.Core.Programs;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Sources;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>Carries out one run: reads the board, judges what it read, and brings it in.</summary>
internal sealed partial class ScrapeRunner(
    IEnumerable<IAnnouncementSource> sources,
    AnnouncementIngestor ingestor,
    IServiceScopeFactory scopes,
    ScraperMetrics metrics,
    TimeProvider time,
    ILogger<ScrapeRunner> logger)
{
    /// <summary>Runs to an end state, whatever happens on the way, unless the worker stops.</summary>
    public async Task RunAsync(Guid runId, Agency agency, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity("scrape run");
        activity?.SetTag("connect.scrape.agency", agency.ToString());
        var startedAt = time.GetTimestamp();
        Log.Started(logger, agency, runId);
        var status = ScrapeStatus.Failed;
        List<ScrapedAnnouncement> announcements = [];
        List<RowError> errors = [];
        try
        {
            var source = sources.SingleOrDefault(candidate => candidate.Agency == agency)
                ?? throw new BoardException($"No source is configured for {agency}.");
            await foreach (var row in source.ReadAsync(cancellationToken))
            {
                Collect(row, agency, announcements, errors);
            }

            if (await FindImplausibilityAsync(agency, announcements, errors, cancellationToken) is { } reason)
            {
                status = ScrapeStatus.Suspicious;
                Log.Suspicious(logger, agency, reason);
                await EndAsync(runId, status, announcements.Count, errors, reason);
                return;
            }

            var result = await ingestor.IngestAsync(runId, announcements, errors, cancellationToken);
            status = ScrapeStatus.Succeeded;
            metrics.Ingested(agency, result);
            Log.Succeeded(logger, agency, result.New, result.Changed, result.Unchanged, errors.Count);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops. The run stays as it is and is taken up again by whoever finds it without an owner.
            status = ScrapeStatus.Running;
            throw;
        }
        catch (Exception exception)
        {
            // The boundary of a run: one board's failure must not cost the others.
            Log.Failed(logger, exception, agency, runId);
            activity?.SetStatus(ActivityStatusCode.Error);
            await EndAsync(runId, status, announcements.Count, errors, ScrapeRunErrors.Shorten(exception.Message));
        }
        finally
        {
            if (status != ScrapeStatus.Running)
            {
                metrics.Ran(agency, status, time.GetElapsedTime(startedAt));
            }
        }
    }

    private void Collect(RowResult row, Agency agency, List<ScrapedAnnouncement> announcements, List<RowError> errors)
    {
        if (row.Announcement is { } announcement)
        {
            announcements.Add(announcement);
        }
        else if (row.Error is { } error)
        {
            errors.Add(error);
            Log.RowUnreadable(logger, agency, error.Row, error.Reason);
        }
    }

    /// <summary>An answer that a working board would not give: to believe it would empty the database.</summary>
    private async Task<string?> FindImplausibilityAsync(
        Agency agency, List<ScrapedAnnouncement> announcements, List<RowError> errors, CancellationToken cancellationToken)
    {
        if (errors.Count > announcements.Count)
        {
            return $"{errors.Count} of {errors.Count + announcements.Count} rows could not be read.";
        }

        if (announcements.Count > 0)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        return await context.Programs.AnyAsync(program => program.Agency == agency, cancellationToken)
            ? "The board lists nothing, and listed something before."
            : null;
    }

    private async Task EndAsync(Guid runId, ScrapeStatus status, int found, List<RowError> errors, string reason)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        var run = await context.ScrapeRuns.SingleAsync(r => r.Id == runId, CancellationToken.None);
        run.Status = status;
        run.CompletedAt = time.GetUtcNow();
        run.Found = found;
        run.Error = reason;
        ScrapeRunErrors.Write(run, errors);
        await context.SaveChangesAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Reading the board of {Agency} (run {RunId})")]
        public static partial void Started(ILogger logger, Agency agency, Guid runId);

        [LoggerMessage(2, LogLevel.Information, "{Agency}: {New} new, {Changed} changed, {Unchanged} unchanged, {Failed} unreadable")]
        public static partial void Succeeded(ILogger logger, Agency agency, int @new, int changed, int unchanged, int failed);

        [LoggerMessage(3, LogLevel.Warning, "{Agency}: skipped {Row}: {Reason}")]
        public static partial void RowUnreadable(ILogger logger, Agency agency, string row, string reason);

        [LoggerMessage(4, LogLevel.Error, "{Agency}: suspicious, nothing was changed: {Reason}")]
        public static partial void Suspicious(ILogger logger, Agency agency, string reason);

        [LoggerMessage(5, LogLevel.Error, "{Agency}: run {RunId} failed")]
        public static partial void Failed(ILogger logger, Exception exception, Agency agency, Guid runId);
    }
}
