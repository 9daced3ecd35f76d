using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Data.Warming;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Warming;

/// <summary>Carries out one warming: passes over the active organizations until a pass ends without an eviction.</summary>
internal sealed partial class WarmingRunner(
    MatchWarmer warmer, CacheState cache, WarmingMetrics metrics, IOptions<WarmingOptions> options, TimeProvider time,
    ILogger<WarmingRunner> logger)
{
    private const string RedisAway = "Redis does not answer: nothing can be stored.";

    private readonly WarmingOptions _options = options.Value;

    /// <summary>Runs to an end state.</summary>
    /// <exception cref="Exception">The database is away, or the worker stops; the row stays Running, and is taken up again.</exception>
    public async Task RunAsync(WarmingLease lease, QueuedWarming queued, CancellationToken stoppingToken)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.CacheWarming);
        activity?.SetTag(ConnectTelemetry.Attributes.WarmingTrigger, queued.Trigger);
        using var patience = new CancellationTokenSource(_options.MaxDuration, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        var startedAt = time.GetTimestamp();
        var progress = new WarmingProgress(metrics);
        var status = WarmingStatus.Running;
        metrics.Started();
        try
        {
            (status, var error) = await RunToEndAsync(lease, queued, progress, patience.Token, limit.Token);
            await lease.ReportAsync(queued.Id, progress.Counts, CancellationToken.None);
            await lease.EndAsync(queued.Id, status.ToString(), error, time.GetUtcNow());
            var counts = progress.Counts;
            Log.Ended(logger, queued.Id, status, counts.Warmed, counts.Skipped, counts.Failed, counts.Organizations, counts.Queries, error);
        }
        finally
        {
            metrics.Ended(queued.Trigger, status, time.GetElapsedTime(startedAt));
        }
    }

    private async Task<(WarmingStatus Status, string? Error)> RunToEndAsync(
        WarmingLease lease, QueuedWarming queued, WarmingProgress progress, CancellationToken timeUp, CancellationToken cancellationToken)
    {
        if (queued.Attempts > _options.MaxAttempts)
        {
            return (WarmingStatus.Failed, $"Taken up {_options.MaxAttempts} times without an end.");
        }

        // A day that was to come may have begun: then its rankings are the present ones.
        var asOf = queued.AsOf > time.GetUtcNow() ? queued.AsOf : null;
        try
        {
            while (true)
            {
                switch (await PassAsync(lease, queued.Id, asOf, progress, cancellationToken))
                {
                    case PassEnd.Complete:
                        return (WarmingStatus.Completed, null);
                    case PassEnd.RedisAway:
                        return (WarmingStatus.Failed, RedisAway);
                    case PassEnd.Overtaken when asOf is null && await lease.HasSuccessorAsync(cancellationToken):
                        return (WarmingStatus.Cancelled, "Overtaken by an eviction; the next warming goes on.");
                }

                Log.Overtaken(logger, queued.Id);
            }
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested)
        {
            return (WarmingStatus.Cancelled, $"The time was up after {_options.MaxDuration}.");
        }
    }

    private async Task<PassEnd> PassAsync(
        WarmingLease lease, Guid id, DateTimeOffset? asOf, WarmingProgress progress, CancellationToken cancellationToken)
    {
        if (cache.IsRedisAway)
        {
            return PassEnd.RedisAway;
        }

        var scope = new WarmingScope(asOf, time.GetUtcNow() - _options.ActiveWithin, _options.MaxOrganizations);
        var set = await warmer.BeginAsync(scope, cancellationToken);
        progress.Begin(set.Organizations.Length);
        progress.Queried(set.Queries);
        Log.Began(logger, id, set.Organizations.Length, asOf);
        await lease.ReportAsync(id, progress.Counts, cancellationToken);
        var reportedAt = time.GetTimestamp();
        foreach (var ids in set.Organizations.Chunk(_options.BatchSize))
        {
            var batch = await warmer.LoadAsync(set, ids, cancellationToken);
            progress.Queried(batch.Queries);
            if (batch.IsOvertaken)
            {
                return PassEnd.Overtaken;
            }

            if (!await WarmAsync(batch, progress, cancellationToken))
            {
                return PassEnd.RedisAway;
            }

            if (time.GetElapsedTime(reportedAt) >= _options.ProgressInterval)
            {
                reportedAt = time.GetTimestamp();
                var counts = progress.Counts;
                Log.Progress(logger, id, counts.Warmed, counts.Skipped, counts.Failed, counts.Organizations);
                await lease.ReportAsync(id, counts, cancellationToken);
            }
        }

        return PassEnd.Complete;
    }

    /// <summary>False when Redis is away: computed rankings cannot be stored.</summary>
    private async Task<bool> WarmAsync(WarmingBatch batch, WarmingProgress progress, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            batch.Organizations,
            new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellationToken },
            async (organizationId, token) =>
            {
                if (!cache.IsRedisAway)
                {
                    await WarmAsync(batch, organizationId, progress, token);
                }
            });
        return !cache.IsRedisAway;
    }

    private async Task WarmAsync(WarmingBatch batch, Guid organizationId, WarmingProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var result = await warmer.WarmAsync(batch, organizationId, cancellationToken);
            progress.Queried(result.Queries);
            if (result.IsComputed)
            {
                progress.Warmed();
            }
            else
            {
                progress.Skipped();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !PrimaryDatabase.IsUnreachable(exception))
        {
            // The boundary of an organization: one that was deleted meanwhile must not fail the others.
            progress.Failed();
            Log.OrganizationFailed(logger, exception.GetType().Name, exception.Message);
        }
    }

    private enum PassEnd
    {
        Complete,
        Overtaken,
        RedisAway,
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Warming {Id}: {Organizations} organizations (as of {AsOf})")]
        public static partial void Began(ILogger logger, Guid id, int organizations, DateTimeOffset? asOf);

        [LoggerMessage(2, LogLevel.Information, "Warming {Id}: {Warmed} warmed, {Skipped} were there, {Failed} failed, of {Organizations}")]
        public static partial void Progress(ILogger logger, Guid id, int warmed, int skipped, int failed, int organizations);

        [LoggerMessage(3, LogLevel.Information,
            "Warming {Id}: {Status}: {Warmed} warmed, {Skipped} were there, {Failed} failed, of {Organizations}, with {Queries} queries. {Error}")]
        public static partial void Ended(
            ILogger logger, Guid id, WarmingStatus status, int warmed, int skipped, int failed, int organizations, int queries, string? error);

        [LoggerMessage(4, LogLevel.Information, "Warming {Id}: overtaken by an eviction, it begins anew")]
        public static partial void Overtaken(ILogger logger, Guid id);

        [LoggerMessage(5, LogLevel.Warning, "A ranking could not be warmed ({Type}): {Message}")]
        public static partial void OrganizationFailed(ILogger logger, string type, string message);
    }
}
