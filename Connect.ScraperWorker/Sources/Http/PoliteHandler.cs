using System.Threading.RateLimiting;

namespace Connect.ScraperWorker.Sources.Http;

/// <summary>
/// Lets requests to a board pass no faster than its rate. The bucket belongs to the board and outlives this handler,
/// which the client factory renews every few minutes.
/// </summary>
internal sealed class PoliteHandler(RateLimiter limiter) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var lease = await limiter.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired
            ? await base.SendAsync(request, cancellationToken)
            : throw new BoardException("too many requests are waiting for the board");
    }
}

/// <summary>One token bucket per board.</summary>
internal sealed class BoardRateLimiters : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RateLimiter> _limiters = [];

    /// <summary>The board's bucket, made at its first use.</summary>
    public RateLimiter For(string board, int requestsPerMinute)
    {
        lock (_lock)
        {
            if (!_limiters.TryGetValue(board, out var limiter))
            {
                // Ten ticks a second are fine enough; a slower rate gets one token a tick.
                var period = TimeSpan.FromMinutes(1) / Math.Min(requestsPerMinute, 600);
                var tokens = Math.Max(1, requestsPerMinute / 600);
                limiter = new TokenBucketRateLimiter(new()
                {
                    TokenLimit = tokens,
                    TokensPerPeriod = tokens,
                    ReplenishmentPeriod = period,
                    QueueLimit = 1_000,
                    QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                    AutoReplenishment = true,
                });
                _limiters.Add(board, limiter);
            }

            return limiter;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var limiter in _limiters.Values)
            {
                limiter.Dispose();
            }

            _limiters.Clear();
        }
    }
}
