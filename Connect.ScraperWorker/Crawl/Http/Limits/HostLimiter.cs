using System.Collections.Concurrent;
using Connect.Caching.Generations;

namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>
/// Reserves moments in <see cref="HostLimits"/> and waits for them. When a host asks for a pause, requests of this instance take a
/// new moment; those of other instances that have already reserved theirs still pass.
/// </summary>
internal sealed partial class HostLimiter(HostLimits limits, TimeProvider time, ILogger<HostLimiter> logger) : IHostLimiter
{
    // The resolution of timers.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    // A crawl takes minutes to hours: it outlasts a database that is away for a moment.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PausePatience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, int> _pauses = [];

    public async Task WaitAsync(string host, TimeSpan spacing, TimeSpan longestPause, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        int pauses;
        do
        {
            pauses = _pauses.GetValueOrDefault(host);
            var reservation = await AskAsync(
                left => limits.ReserveAsync(host, spacing, left, cancellationToken), startedAt, longestPause, cancellationToken);
            if (!reservation.IsGranted)
            {
                throw new BoardException(
                    $"{host} may not be asked before {reservation.At:u}: it asked for a pause, or too many requests are waiting",
                    BoardFailure.PausedByHost);
            }

            if (reservation.Wait >= Tick)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(reservation.Wait.TotalMilliseconds)), time, cancellationToken);
            }
        }
        while (pauses != _pauses.GetValueOrDefault(host));
    }

    public async Task PauseAsync(string host, TimeSpan pause, CancellationToken cancellationToken)
    {
        await AskAsync(_ => limits.PauseAsync(host, pause, cancellationToken), time.GetTimestamp(), PausePatience, cancellationToken);
        _pauses.AddOrUpdate(host, 1, static (_, count) => count + 1);
        Log.Paused(logger, host, pause);
    }

    private async Task<T> AskAsync<T>(
        Func<TimeSpan, Task<T>> ask, long startedAt, TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            var left = patience - time.GetElapsedTime(startedAt);
            try
            {
                return await ask(left);
            }
            catch (Exception exception)
                when (left > RetryDelay && !cancellationToken.IsCancellationRequested && PrimaryDatabase.IsUnreachable(exception))
            {
                Log.Unreachable(logger, exception.Message);
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Host} asked for a pause of {Pause}")]
        public static partial void Paused(ILogger logger, string host, TimeSpan pause);

        [LoggerMessage(2, LogLevel.Warning, "The hosts' limits cannot be read, boards wait: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);
    }
}
