using Connect.Benchmarks.Replay.Clock;
using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>The driver's access to the cache of one instance, for skipping the time of a week.</summary>
internal sealed class ReplayedCache(IServiceProvider services, SimulatedTime time)
{
    /// <summary>The layers of a ranking that Redis keeps.</summary>
    public static readonly CacheLayer[] Layers = [CacheLayers.Matches, CacheLayers.Profiles, CacheLayers.Access, CacheLayers.ActivePrograms];

    private readonly GenerationState _generations = services.GetRequiredService<GenerationState>();
    private readonly CacheStatistics _statistics = services.GetRequiredService<CacheStatistics>();
    private readonly SimulatedRedis _redis = services.GetRequiredService<SimulatedRedis>();

    /// <summary>Totals of <see cref="Layers"/> since the process started.</summary>
    public LayerSnapshot[] ReadLayers() => Array.ConvertAll(Layers, layer => _statistics.Of(layer).Read());

    /// <summary>
    /// Carries the lease over a jump of the clock, as old as it really is: in a real week a poll would have renewed it every
    /// two seconds. To be called when the clock has moved, with what <see cref="ReadLease"/> gave before.
    /// </summary>
    public void Carry((GenerationSession? Session, long At, long UtcTicks) confirmed, TimeSpan moved)
    {
        if (confirmed is { Session: { } session, At: not 0 })
        {
            session.Confirm(confirmed.At + time.ToTimestamps(moved), new DateTimeOffset(confirmed.UtcTicks, TimeSpan.Zero) + moved);
        }
    }

    /// <summary>When the generations were confirmed last, by both clocks.</summary>
    public (GenerationSession? Session, long At, long UtcTicks) ReadLease() =>
        _generations.Current is { } session ? (session, session.ConfirmedAt, session.ConfirmedUtcTicks) : default;

    /// <summary>
    /// Renews a lease that does not hold, because a poll during the move confirmed by the earlier clock.
    /// </summary>
    public async ValueTask EnsureVerifiedAsync()
    {
        if (!_generations.TryGetVerified(out _))
        {
            services.GetRequiredService<GenerationPoller>().Wake();
            await Await.UntilAsync(() => _generations.TryGetVerified(out _), "the generations are confirmed");
        }
    }

    /// <summary>Waits until the instance has learned of evictions.</summary>
    public ValueTask AwaitGenerationsAsync(IReadOnlyDictionary<string, long> generations) => Await.UntilAsync(
        () => _generations.Current is { } session && generations.All(entry => HasHeard(session.GenerationOf(entry.Key), entry.Value)), "evictions are heard of");

    /// <summary>Waits until computed values are in Redis: HybridCache stores them after it has answered.</summary>
    public ValueTask AwaitStoredAsync() => Await.UntilAsync(
        () => ReadLayers().Sum(layer => layer.Computations - layer.ComputationErrors) <= _redis.Stored, "what was computed is in Redis");

    // A generation that is not loaded will be read from the database.
    private static bool HasHeard(TagGeneration known, long generation) => !known.IsLoaded || known.Value >= generation;
}
