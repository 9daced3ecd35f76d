using Connect.Caching;
using Connect.Data.Organizations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Data.Instances;

/// <summary>
/// Stores this instance's totals and activity every few seconds. A failed flush loses nothing: totals are cumulative,
/// and activity is kept until it is stored.
/// </summary>
internal sealed partial class InstanceFlusher(
    LocalInstance instance, ActivityLog activity, InstanceStore store, CacheState state, IOptions<InstanceOptions> options, TimeProvider time,
    ILogger<InstanceFlusher> logger) : BackgroundService
{
    // Stopping must not wait for a database that is away.
    private static readonly TimeSpan LastFlushTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _failures;

    /// <summary>Flushes once. Flushes take turns: of two at once, the older totals could be stored last.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var noted = activity.Read();
            await store.FlushAsync(ToAges(noted), instance, cancellationToken).ConfigureAwait(false);
            activity.Forget(noted);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.FirstSync.WaitAsync(stoppingToken).ConfigureAwait(false);
            using var timer = new PeriodicTimer(options.Value.FlushInterval, time);
            do
            {
                await TryAsync(() => FlushAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }

        if (state.FirstSync.IsCompletedSuccessfully)
        {
            using var patience = new CancellationTokenSource(LastFlushTimeout, time);
            await TryAsync(() => store.LeaveAsync(ToAges(activity.Read()), instance, patience.Token), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(Func<Task> flush, CancellationToken cancellationToken)
    {
        try
        {
            await flush().ConfigureAwait(false);
            _failures = 0;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The boundary of the loop: a failed flush must not end the process. Logged once until a flush succeeds;
            // for a missing table at the second failure, because migrations may still be running at the first.
            _failures++;
            if (_failures == (exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } ? 2 : 1))
            {
                Log.Failed(logger, exception.GetType().Name, exception.Message);
            }
        }
    }

    private (Guid Id, TimeSpan Age)[] ToAges(KeyValuePair<Guid, long>[] noted) =>
        Array.ConvertAll(noted, entry => (entry.Key, time.GetElapsedTime(entry.Value)));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Totals and activity cannot be stored now ({Type}): {Message}")]
        public static partial void Failed(ILogger logger, string type, string message);
    }
}
