using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace Connect.Benchmarks.Replay.Clock;

/// <summary>
/// The clock of everything that is replayed. The wall clock stands still until the driver moves it. The monotonic one
/// runs in real time and is also moved, so that a value kept for a tenth of a second by it does not outlive a simulated
/// night. Timers are real, because the replay waits for none.
/// </summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private long _now = start.UtcTicks;
    private long _moved;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _moved);

    /// <summary>Moves both clocks on.</summary>
    /// <returns>By how much.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The moment is past.</exception>
    public TimeSpan MoveTo(DateTimeOffset moment)
    {
        var moved = moment - GetUtcNow();
        ArgumentOutOfRangeException.ThrowIfLessThan(moved, TimeSpan.Zero, nameof(moment));
        Volatile.Write(ref _now, moment.UtcTicks);
        Interlocked.Add(ref _moved, ToTimestamps(moved));
        return moved;
    }

    /// <summary>A duration in the unit of <see cref="GetTimestamp"/>.</summary>
    public long ToTimestamps(TimeSpan duration) => (long)(duration.TotalSeconds * TimestampFrequency);
}

/// <summary>Puts a process of the product on the simulated clock: its services, its memory, and its entries in Redis.</summary>
internal static class SimulatedServices
{
    /// <summary>Replaces the clock and what lies over Redis; to be called when everything else is registered.</summary>
    public static void UseSimulatedTime(this IServiceCollection services, SimulatedTime time)
    {
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(provider => new SimulatedRedis(
            new RedisCache(provider.GetRequiredService<IOptions<RedisCacheOptions>>()), time));
        services.AddSingleton<IDistributedCache>(provider => provider.GetRequiredService<SimulatedRedis>());
    }
}
