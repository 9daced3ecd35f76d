using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Ingestion.Merging;
using Connect.ScraperWorker.Ingestion.Staging;
using Connect.ScraperWorker.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>Carries out one run: reads the board, judges what it read, and brings it in.</summary>
internal sealed partial class ScrapeRunner(
    IEnumerable<IAnnouncementSource> sources,
    StagedRows staged,
    AnnouncementIngestor ingestor,
    IOptionsMonitor<SourceOptions> options,
    IServiceScopeFactory scopes,
    ScraperMetrics metrics,
    TimeProvider time,
    ILogger<ScrapeRunner> logger)
{
    /// <summary>Runs to an end state, whatever happens on the way, unless the worker stops or has lost the run.</summary>
    public async Task RunAsync(ScrapeTicket ticket, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeRun);
        activity?.SetTag(ConnectTelemetry.Attributes.ScrapeAgency, ticket.Agency.ToString());
        activity?.SetTag(ConnectTelemetry.Attributes.ScrapeAttempt, ticket.Attempt);
        var startedAt = time.GetTimestamp();
        Log.Started(logger, ticket.Agency, ticket.RunId, ticket.Attempt);
        ScrapeStatus? status = null;
        try
        {
            await ReadAsync(ticket, progress, cancellationToken);
            var counts = await MergeAsync(ticket, progress, cancellationToken);
            status = ScrapeStatus.Succeeded;
            metrics.Succeeded(ticket.Agency, time.GetUtcNow());
            metrics.Ingested(ticket.Agency, counts, progress);
            Log.Succeeded(logger, ticket.Agency, counts.New, counts.Changed, counts.Unchanged, counts.Vanished, progress.Failed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops, or its claim is lost. The run stays as it is, and is taken up by whoever has the claim next.
            throw;
        }
        catch (RunTakenException)
        {
            Log.Taken(logger, ticket.Agency, ticket.RunId);
            throw;
        }
        catch (ImplausibleRunException exception)
        {
            status = ScrapeStatus.Suspicious;
            Suspect(activity, ticket, exception);
            await EndAsync(ticket, ScrapeStatus.Suspicious, progress, exception.Message);
        }
        catch (Exception exception) when (exception is not BoardException && DatabaseFailures.IsUnreachable(exception))
        {
            // What is staged is not lost: the run is taken up again, by this worker or another one, when Postgres is back.
            Log.DatabaseAway(logger, ticket.Agency, ticket.RunId, exception.Message);
            throw;
        }
        catch (Exception exception)
        {
            // The boundary of a run: one board's failure must not cost the others.
            status = ScrapeStatus.Failed;
            Log.Failed(logger, exception, ticket.Agency, ticket.RunId);
            activity?.SetStatus(ActivityStatusCode.Error);
            await EndAsync(ticket, ScrapeStatus.Failed, progress, exception.Message);
        }
        finally
        {
            if (status is { } ended)
            {
                metrics.Ran(ticket.Agency, ended, time.GetElapsedTime(startedAt));
            }
        }
    }

    private async Task ReadAsync(ScrapeTicket ticket, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeRead);
        var source = sources.SingleOrDefault(candidate => candidate.Agency == ticket.Agency)
            ?? throw new BoardException($"No source is configured for {ticket.Agency}.");
        var reading = new ScrapeReading(source, staged, ticket, progress, time);
        try
        {
            await reading.WalkAsync(error => Log.RowUnreadable(logger, ticket.Agency, error.Row, error.Reason), cancellationToken);
            await RefuseImplausibleAsync(ticket, progress, cancellationToken);
            await reading.LookForMissingAsync(options.Get(ticket.Agency.ToString()).MaxLooks, cancellationToken);
        }
        catch (BoardException exception) when (exception.Kind == BoardFailure.LayoutLost)
        {
            throw new ImplausibleRunException(Implausibility.LayoutLost, exception.Message, exception);
        }
    }

    private async Task<MergeCounts> MergeAsync(ScrapeTicket ticket, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.ScrapeMerge);
        return await ingestor.IngestAsync(ticket, progress, cancellationToken);
    }

    /// <summary>An answer that a working board would not give.</summary>
    private async Task RefuseImplausibleAsync(ScrapeTicket ticket, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Failed > progress.Found)
        {
            throw new ImplausibleRunException(
                Implausibility.MostUnreadable, $"{progress.Failed} of {progress.Failed + progress.Found} rows could not be read.");
        }

        if (progress.Found > 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        if (await context.ProgramPostings.AnyAsync(posting => posting.Agency == ticket.Agency && posting.VanishedAt == null, cancellationToken))
        {
            throw new ImplausibleRunException(Implausibility.NothingListed, "The board lists nothing, and listed something before.");
        }
    }

    private void Suspect(Activity? activity, ScrapeTicket ticket, ImplausibleRunException exception)
    {
        Log.Suspicious(logger, exception, ticket.Agency, exception.Reason, exception.Message);
        metrics.Suspected(ticket.Agency, exception.Reason);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity?.AddEvent(new(ConnectTelemetry.Attributes.ScrapeSuspicious, tags: new() { [ConnectTelemetry.Attributes.ScrapeReason] = exception.Reason.ToString() }));
    }

    // Who is no longer the owner ends nothing: the condition is the fence.
    private async Task EndAsync(ScrapeTicket ticket, ScrapeStatus status, ScrapeProgress progress, string reason)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        await context.ScrapeRuns
            .Where(run => run.Id == ticket.RunId && run.Attempts == ticket.Attempt && run.Status == ScrapeStatus.Running)
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
        public static partial void Suspicious(ILogger logger, Exception exception, Agency agency, Implausibility reason, string message);

        [LoggerMessage(5, LogLevel.Error, "{Agency}: run {RunId} failed")]
        public static partial void Failed(ILogger logger, Exception exception, Agency agency, Guid runId);

        [LoggerMessage(6, LogLevel.Warning, "{Agency}: run {RunId} was taken up by another worker, nothing was changed here")]
        public static partial void Taken(ILogger logger, Agency agency, Guid runId);

        [LoggerMessage(7, LogLevel.Warning, "{Agency}: run {RunId} waits for Postgres: {Message}")]
        public static partial void DatabaseAway(ILogger logger, Agency agency, Guid runId, string message);
    }
}
