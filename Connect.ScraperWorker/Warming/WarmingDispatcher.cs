using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.ScraperWorker.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Warming;

/// <summary>
/// Carries out queued warmings, one at a time over all instances. A warming that is still Running when the lease is free has lost
/// its instance or the database, and is done again.
/// </summary>
internal sealed partial class WarmingDispatcher(
    IServiceScopeFactory scopes, PrimaryDatabase database, WarmingRunner runner, CacheState cache, DatabaseReady ready,
    IOptions<WarmingOptions> options, TimeProvider time, ILogger<WarmingDispatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            await ready.WaitAsync(stoppingToken);
            await cache.FirstSync.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(options.Value.PollInterval, time);
            do
            {
                if (!await TryRunAllAsync(stoppingToken))
                {
                    await Task.Delay(options.Value.RetryDelay, time, stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops: the lease is released, and the next instance takes up the warming.
        }
    }

    /// <summary>Carries out all queued warmings; false after a failure, to be retried later.</summary>
    private async Task<bool> TryRunAllAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!await IsAnyWaitingAsync(stoppingToken))
            {
                return true;
            }

            await using var lease = await WarmingLease.TryTakeAsync(database.CreateUnpooled("connect-warming"), stoppingToken);
            while (lease is not null && await lease.NextAsync(time.GetUtcNow(), options.Value, stoppingToken) is { } queued)
            {
                await runner.RunAsync(lease, queued, stoppingToken);
            }

            return true;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The boundary of the loop: the row is still Running, and the next holder of the lease does it again.
            Log.Failed(logger, exception.GetType().Name, exception.Message);
            return false;
        }
    }

    private async Task<bool> IsAnyWaitingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConnectDbContext>().CacheWarmings.AnyAsync(
            warming => warming.Status == WarmingStatus.Queued || warming.Status == WarmingStatus.Running, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Warming stopped, and is taken up again ({Type}): {Message}")]
        public static partial void Failed(ILogger logger, string type, string message);
    }
}
