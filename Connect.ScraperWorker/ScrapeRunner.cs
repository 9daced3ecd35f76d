using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Check;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Diagnostics;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Publish;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Stage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker;

/// <summary>Carries out one run: reads the board, judges what it read, and brings it in.</summary>
internal sealed partial class ScrapeRunner(
    IEnumerable<IAnnouncementSource> sources,
    StagedRows staged,
    RunPublisher publisher,
    IOptionsMonitor<BoardOptions> options,
    IServiceScopeFactory scopes,
    ScraperMetrics metrics,
    TimeProvider time,
    ILogger<ScrapeRunner> logger)
{
    /// <summary>Runs to an end state, whatever happens on the way, unless the worker stops or has lost the run.</summary>
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
            await ReadAsync(lease, progress, cancellationToken);
            var counts = await MergeAsync(lease, progress, cancellationToken);
            status = ScrapeStatus.Succeeded;
            metrics.Succeeded(lease.Agency, time.GetUtcNow());
            metrics.Published(lease.Agency, counts, progress);
            Log.Succeeded(logger, lease.Agency, counts.New, counts.Changed, counts.Unchanged, counts.Vanished, progress.Failed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops, or its claim is lost. The run stays as it is, and is taken up by whoever has the claim next.
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
            Suspect(activity, lease, exception);
            await EndAsync(lease, ScrapeStatus.Suspicious, progress, exception.Message);
        }
        catch (Exception exception) when (exception is not BoardException && DatabaseFailures.IsUnreachable(exception))
        {
            // What is staged is not lost: the run is taken up again, by this worker or another one, when Postgres is back.
            Log.DatabaseAway(logger, lease.Agency, lease.RunId, exception.Message);
            throw;
        }
        catch (Exception exception)
        {
            // The boundary of a run: one board's failure must not cost the others.
            status = ScrapeStatus.Failed;
            Log.Failed(logger, exception, lease.Agency, lease.RunId);
            activity?.SetStatus(ActivityStatusCode.Error);
            await EndAsync(lease, ScrapeStatus.Failed, progress, exception.Message);
        }
        finally
        {
            if (status is { } ended)
            {
                metrics.Ran(lease.Agency, ended, time.GetElapsedTime(startedAt));
            }
        }
    }

    private async Task ReadAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeRead);
        var source = sources.SingleOrDefault(candidate => candidate.Agency == lease.Agency)
            ?? throw new BoardException($"No source is configured for {lease.Agency}.");
        var reading = new StagedCrawl(source, staged, lease, progress, time);
        try
        {
            await reading.CrawlAsync(error => Log.RowUnreadable(logger, lease.Agency, error.Row, error.Reason), cancellationToken);
            await RefuseImplausibleAsync(lease, progress, cancellationToken);
            await reading.CheckMissingAsync(options.Get(lease.Agency.ToString()).MaxMissingChecks, cancellationToken);
        }
        catch (BoardException exception) when (exception.Kind == BoardFailure.LayoutLost)
        {
            throw new SuspiciousRunException(Suspicion.LayoutLost, exception.Message, exception);
        }
    }

    private async Task<MergeCounts> MergeAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeMerge);
        return await publisher.PublishAsync(lease, progress, cancellationToken);
    }

    /// <summary>An answer that a working board would not give.</summary>
    private async Task RefuseImplausibleAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Failed > progress.Found)
        {
            throw new SuspiciousRunException(
                Suspicion.MostUnreadable, $"{progress.Failed} of {progress.Failed + progress.Found} rows could not be read.");
        }

        if (progress.Found > 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        if (await context.ProgramPostings.AnyAsync(posting => posting.Agency == lease.Agency && posting.VanishedAt == null, cancellationToken))
        {
            throw new SuspiciousRunException(Suspicion.NothingListed, "The board lists nothing, and listed something before.");
        }
    }

    private void Suspect(Activity? activity, RunLease lease, SuspiciousRunException exception)
    {
        Log.Suspicious(logger, exception, lease.Agency, exception.Reason, exception.Message);
        metrics.Suspected(lease.Agency, exception.Reason);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity?.AddEvent(new(ConnectTelemetry.Attributes.ScrapeSuspicious, tags: new() { [ConnectTelemetry.Attributes.ScrapeReason] = exception.Reason.ToString() }));
    }

    // Who is no longer the owner ends nothing: the condition is the fence.
    private async Task EndAsync(RunLease lease, ScrapeStatus status, ScrapeProgress progress, string reason)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        await context.ScrapeRuns
            .Where(run => run.Id == lease.RunId && run.Attempts == lease.Attempt && run.Status == ScrapeStatus.Running)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(run => run.Status, status)
                    .SetProperty(run => run.CompletedAt, time.GetUtcNow())
                    .SetProperty(run => run.Found, progress.Found)
                    .SetProperty(run => run.NotModified, progress.NotModified)
                    .SetProperty(run => run.Failed, progress.Failed)
                    .SetProperty(run => run.RowErrors, ScrapeRunLog.Words(progress))
                    .SetProperty(run => run.Error, ScrapeRunLog.Shorten(reason)),
                CancellationToken.None);
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
    }
}
