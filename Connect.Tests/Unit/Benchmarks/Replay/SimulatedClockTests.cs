using System.Text;
using Connect.Benchmarks.Replay.Clock;
using Connect.Benchmarks.Replay.Plan;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Benchmarks.Replay;

/// <summary>Time that only the driver moves.</summary>
public sealed class SimulatedClockTests
{
    private readonly SimulatedTime _time = new(SeoulWeek.Start);
    private readonly SimulatedRedis _redis;

    public SimulatedClockTests() => _redis = new(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())), _time);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public void Wall_clock_stands_still_until_it_is_moved()
    {
        Assert.Equal(SeoulWeek.Start, _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(3), _time.MoveTo(SeoulWeek.Start.AddHours(3)));
        Assert.Equal(SeoulWeek.Start.AddHours(3), _time.GetUtcNow());
    }

    [Fact]
    public void Monotonic_clock_is_moved_as_far_and_runs_besides()
    {
        var before = _time.GetTimestamp();

        _time.MoveTo(SeoulWeek.Start.AddHours(3));

        Assert.InRange(_time.GetElapsedTime(before), TimeSpan.FromHours(3), TimeSpan.FromHours(3) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Time_does_not_go_back() => Assert.Throws<ArgumentOutOfRangeException>(() => _time.MoveTo(SeoulWeek.Start.AddTicks(-1)));

    [Fact]
    public async Task Entry_in_redis_is_absent_from_its_simulated_end_on()
    {
        await _redis.SetAsync("key", Encoding.UTF8.GetBytes("value"), Lasting(TimeSpan.FromHours(24)), CancellationToken);

        _time.MoveTo(SeoulWeek.Start.AddHours(24).AddTicks(-1));
        Assert.Equal("value"u8.ToArray(), await _redis.GetAsync("key", CancellationToken));

        _time.MoveTo(SeoulWeek.Start.AddHours(24));
        Assert.Null(await _redis.GetAsync("key", CancellationToken));
    }

    [Fact]
    public async Task What_is_stored_is_counted()
    {
        Assert.Null(await _redis.GetAsync("key", CancellationToken));
        await _redis.SetAsync("key", [], Lasting(TimeSpan.FromHours(1)), CancellationToken);
        await _redis.SetAsync("key", [1], Lasting(TimeSpan.FromHours(1)), CancellationToken);

        Assert.Equal(2, _redis.Stored);
        Assert.Equal([1], await _redis.GetAsync("key", CancellationToken));
    }

    private static DistributedCacheEntryOptions Lasting(TimeSpan time) => new() { AbsoluteExpirationRelativeToNow = time };
}
