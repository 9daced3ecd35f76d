using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Check;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Diagnostics;
using Connect.ScraperWorker.Kept;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Publish;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Stage;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker;

/// <summary>
/// The second half of a run's way, from the crawl to the publication: crawl → stage → check → merge → publish. Its lease is held
/// by <see cref="ScrapeDispatcher"/>.
/// </summary>
internal sealed partial class ScrapeRunner(
    IEnumerable<IAnnouncementSource> sources,
    StagedRows staged,
    RunCheck check,
    RunPublisher publisher,
    ScrapeRunStore runs,
    IOptionsMonitor<BoardOptions> options,
    ScraperMetrics metrics,
    TimeProvider time,
    ILogger<ScrapeRunner> logger)
{
    /// <summary>Runs to an end state, unless the worker stops, the lease is lost or the database is away.</summary>
    public async Task RunAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeRun);
        activity?.SetTag(ConnectTelemetry.Attributes.ScrapeAgency, lease.Agency.ToString());
        activity?.SetTag(ConnectTelemetry.Attributes.ScrapeAttempt, lease.Attempt);
        var startedAt = time.GetTimestamp();
        Log.Started(logger, lease.Agency, lease.RunId, lease.Attempt);
        ScrapeStatus? status = null;
        try
        {
            await CrawlAsync(lease, progress, cancellationToken);
            var counts = await PublishAsync(lease, progress, cancellationToken);
            status = ScrapeStatus.Succeeded;
            metrics.Succeeded(lease.Agency, time.GetUtcNow());
            metrics.Published(lease.Agency, counts, progress);
            Log.Succeeded(logger, lease.Agency, counts.New, counts.Changed, counts.Unchanged, counts.Vanished, progress.Failed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops, or the lease is lost. The run stays Running, and the next holder of the lease takes it up.
            throw;
        }
        catch (LeaseLostException)
        {
            Log.Taken(logger, lease.Agency, lease.RunId);
            throw;
        }
        catch (SuspiciousRunException exception)
        {
            status = ScrapeStatus.Suspicious;
            ReportSuspicious(activity, lease, exception);
            await runs.EndAsync(lease, ScrapeStatus.Suspicious, progress, exception.Message, Keep(lease, progress, exception.Reason));
        }
        catch (Exception exception) when (exception is not BoardException && PrimaryDatabase.IsUnreachable(exception))
        {
            // The staged rows are not lost: the run is taken up again, here or by another instance, when Postgres is back.
            Log.DatabaseAway(logger, lease.Agency, lease.RunId, exception.Message);
            throw;
        }
        catch (Exception exception)
        {
            // The boundary of a run: one board's failure must not cost the others.
            status = ScrapeStatus.Failed;
            Log.Failed(logger, exception, lease.Agency, lease.RunId);
            activity?.SetStatus(ActivityStatusCode.Error);
            await runs.EndAsync(lease, ScrapeStatus.Failed, progress, exception.Message);
        }
        finally
        {
            if (status is { } ended)
            {
                metrics.Ran(lease.Agency, ended, time.GetElapsedTime(startedAt));
            }
        }
    }

    private async Task CrawlAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeRead);
        var source = sources.SingleOrDefault(candidate => candidate.Agency == lease.Agency)
            ?? throw new BoardException($"No source is configured for {lease.Agency}.");
        var crawl = new StagedCrawl(source, staged, lease, progress, time);
        try
        {
            await crawl.CrawlAsync(error => Log.RowUnreadable(logger, lease.Agency, error.Row, error.Reason), cancellationToken);
            await check.CheckCrawlAsync(lease, progress, cancellationToken);
            await crawl.CheckMissingAsync(options.Get(lease.Agency.ToString()).MaxMissingChecks, cancellationToken);
        }
        catch (BoardException exception) when (exception.Kind == BoardFailure.LayoutLost)
        {
            progress.Page = exception.Page ?? progress.Page;
            throw RunCheck.LayoutLost(exception);
        }
    }

    // A page is foreign text: whatever it is, the run ends.
    private ScrapePage? Keep(RunLease lease, ScrapeProgress progress, Suspicion reason)
    {
        try
        {
            return progress.Page is { } page ? KeptPages.Of(lease.RunId, reason, page, time.GetUtcNow()) : null;
        }
        catch (Exception exception)
        {
            Log.PageUnreadable(logger, exception, lease.Agency, lease.RunId);
            return null;
        }
    }

    private async Task<MergeCounts> PublishAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeMerge);
        return await publisher.PublishAsync(lease, progress, cancellationToken);
    }

    private void ReportSuspicious(Activity? activity, RunLease lease, SuspiciousRunException exception)
    {
        Log.Suspicious(logger, exception, lease.Agency, exception.Reason, exception.Message);
        metrics.Suspected(lease.Agency, exception.Reason);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity?.AddEvent(new(ConnectTelemetry.Attributes.ScrapeSuspicious, tags: new() { [ConnectTelemetry.Attributes.ScrapeReason] = exception.Reason.ToString() }));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Reading the board of {Agency} (run {RunId}, attempt {Attempt})")]
        public static partial void Started(ILogger logger, Agency agency, Guid runId, int attempt);

        [LoggerMessage(2, LogLevel.Information, "{Agency}: {New} new, {Changed} changed, {Unchanged} unchanged, {Vanished} vanished, {Failed} unreadable")]
        public static partial void Succeeded(ILogger logger, Agency agency, int @new, int changed, int unchanged, int vanished, int failed);

        [LoggerMessage(3, LogLevel.Warning, "{Agency}: skipped {Row}: {Reason}")]
        public static partial void RowUnreadable(ILogger logger, Agency agency, string row, string reason);

        [LoggerMessage(4, LogLevel.Error, "{Agency}: suspicious ({Reason}), nothing was changed: {Message}", EventName = "SuspiciousRun")]
        public static partial void Suspicious(ILogger logger, Exception exception, Agency agency, Suspicion reason, string message);

        [LoggerMessage(5, LogLevel.Error, "{Agency}: run {RunId} failed")]
        public static partial void Failed(ILogger logger, Exception exception, Agency agency, Guid runId);

        [LoggerMessage(6, LogLevel.Warning, "{Agency}: run {RunId} was taken up by another worker, nothing was changed here")]
        public static partial void Taken(ILogger logger, Agency agency, Guid runId);

        [LoggerMessage(7, LogLevel.Warning, "{Agency}: run {RunId} waits for Postgres: {Message}")]
        public static partial void DatabaseAway(ILogger logger, Agency agency, Guid runId, string message);

        [LoggerMessage(8, LogLevel.Warning, "{Agency}: the page of run {RunId} cannot be cleaned, and is not kept")]
        public static partial void PageUnreadable(ILogger logger, Exception exception, Agency agency, Guid runId);
    }
}
