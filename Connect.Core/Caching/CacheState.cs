namespace Connect.Core.Caching;

/// <summary>How well this process knows the truth, for health checks.</summary>
public sealed class CacheState
{
    private readonly GenerationFeed _feed;
    private readonly RedisBreaker _breaker;

    internal CacheState(GenerationFeed feed, RedisBreaker breaker) => (_feed, _breaker) = (feed, breaker);

    /// <summary>Whether Postgres confirmed this process's numbers at least once.</summary>
    public bool HasSynced => _feed.FirstSync.IsCompleted;

    /// <summary>Completes with the first confirmation: from then on the tables are there and cached reads work.</summary>
    public Task FirstSync => _feed.FirstSync;

    /// <summary>Whether they are confirmed now.</summary>
    public bool IsVerified => _feed.TryGetVerified(out _);

    /// <summary>Whether Redis is being left alone because it does not answer.</summary>
    public bool IsRedisAway => _breaker.IsOpen;
}
