using System.Buffers;
using System.Diagnostics.Metrics;
using Connect.Caching.Diagnostics;
using Connect.Caching.Naming;
using Connect.Caching.Tests.Diagnostics;
using Connect.Caching.Tiers;
using Connect.Tests;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Tiers;

public sealed class ResilientDistributedCacheTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Break = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ScriptedCache _redis = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RedisBreaker _breaker;
    private readonly MetricCollector<long> _failures;
    private readonly ResilientDistributedCache _cache;

    public ResilientDistributedCacheTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _failures = new(meters, CacheTelemetry.MeterName, CacheTelemetry.Instruments.RedisFailures);
        _breaker = new(failuresToBreak: 2, Break, _time);
        _cache = CacheOver(_redis);
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _failures.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Late_answer_does_not_write_into_the_caller_s_buffer()
    {
        var late = new TaskCompletionSource();
        _redis.OnRead = async destination =>
        {
            await late.Task;
            destination.Write("old"u8);
            return true;
        };
        var buffer = new ArrayBufferWriter<byte>();

        Assert.False(await _cache.TryGetAsync("key", buffer, CancellationToken));
        late.SetResult();
        await _redis.LastRead!;

        Assert.Equal(0, buffer.WrittenCount);
    }

    [Fact]
    public async Task Failure_is_a_miss_and_is_counted_as_what_it_was()
    {
        _redis.OnRead = _ => throw new InvalidOperationException("broken");
        Assert.False(await _cache.TryGetAsync("key", new ArrayBufferWriter<byte>(), CancellationToken));
        _redis.OnRead = _ => new TaskCompletionSource<bool>().Task;
        Assert.False(await _cache.TryGetAsync("key", new ArrayBufferWriter<byte>(), CancellationToken));
        Assert.False(await _cache.TryGetAsync("key", new ArrayBufferWriter<byte>(), CancellationToken));

        Assert.Equal(["error", "timeout", "open"], _failures.ReadCounted().Select(measurement => measurement.Tags["kind"]));
    }

    [Fact]
    public async Task Open_breaker_leaves_Redis_alone()
    {
        _redis.OnRead = _ => throw new InvalidOperationException("broken");
        for (var read = 0; read < 10; read++)
        {
            await _cache.TryGetAsync("key", new ArrayBufferWriter<byte>(), CancellationToken);
        }

        Assert.Equal(2, _redis.Reads);
    }

    [Fact]
    public async Task Write_that_fails_reaches_nobody()
    {
        _redis.OnWrite = () => throw new InvalidOperationException("broken");

        await _cache.SetAsync("key", new ReadOnlySequence<byte>(new byte[3]), new DistributedCacheEntryOptions(), CancellationToken);

        Assert.Equal(1, Assert.Single(_failures.ReadCounted()).Value);
    }

    [Fact]
    public async Task Stock_tag_times_never_reach_Redis()
    {
        await _cache.GetAsync("__MSFT_HCT__*", CancellationToken);
        await _cache.SetAsync("__MSFT_HCT__*", new ReadOnlySequence<byte>(new byte[8]), new DistributedCacheEntryOptions(), CancellationToken);

        Assert.Equal((0, 0), (_redis.Reads, _redis.Writes));
    }

    [Fact]
    public async Task Caller_who_gives_up_says_nothing_about_Redis()
    {
        _redis.OnRead = _ => new TaskCompletionSource<bool>().Task;
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _cache.TryGetAsync("key", new ArrayBufferWriter<byte>(), impatient.Token).AsTask());

        Assert.Empty(_failures.ReadCounted());
        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public async Task Probe_and_removal_reach_Redis_and_an_answer_closes_the_breaker()
    {
        _redis.OnWrite = () => throw new InvalidOperationException("broken");
        await _cache.SetAsync("key", new byte[1], new DistributedCacheEntryOptions(), CancellationToken);
        await _cache.RemoveAsync("key", CancellationToken);
        await _cache.SetAsync("key", new byte[1], new DistributedCacheEntryOptions(), CancellationToken);
        Assert.False(_breaker.IsOpen);

        await _cache.SetAsync("key", new byte[1], new DistributedCacheEntryOptions(), CancellationToken);
        Assert.True(_breaker.IsOpen);
        await _cache.RemoveAsync("key", CancellationToken);
        await _cache.ProbeAsync(CancellationToken);
        Assert.Equal((1, 0), (_redis.Removals, _redis.Probes));

        _time.Advance(Break);
        await _cache.ProbeAsync(CancellationToken);
        Assert.Equal((1, false), (_redis.Probes, _breaker.IsOpen));
    }

    [Fact]
    public async Task Redis_without_buffers_is_read_as_well()
    {
        var plain = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        var cache = CacheOver(plain);
        await cache.SetAsync("key", "fresh"u8.ToArray(), new DistributedCacheEntryOptions(), CancellationToken);
        var buffer = new ArrayBufferWriter<byte>();

        Assert.True(await cache.TryGetAsync("key", buffer, CancellationToken));
        Assert.Equal("fresh"u8, buffer.WrittenSpan);
        Assert.Equal("fresh"u8.ToArray(), await cache.GetAsync("key", CancellationToken));
        Assert.Null(await cache.GetAsync("none", CancellationToken));
        Assert.False(await cache.TryGetAsync("none", buffer, CancellationToken));
    }

    [Fact]
    public async Task Answer_reaches_the_caller()
    {
        _redis.OnRead = destination =>
        {
            destination.Write("fresh"u8);
            return Task.FromResult(true);
        };
        var buffer = new ArrayBufferWriter<byte>();

        Assert.True(await _cache.TryGetAsync("key", buffer, CancellationToken));
        Assert.Equal("fresh"u8, buffer.WrittenSpan);
    }

    private ResilientDistributedCache CacheOver(IDistributedCache redis) => new(
        redis, _breaker, Timeout, new KeyComposer("s", 100, TestMetrics.Layers), TestMetrics.Of(_services.GetRequiredService<IMeterFactory>()), _time,
        NullLogger<ResilientDistributedCache>.Instance);

    /// <summary>A Redis that does what a test says.</summary>
    private sealed class ScriptedCache : IBufferDistributedCache
    {
        public Func<IBufferWriter<byte>, Task<bool>> OnRead { get; set; } = _ => Task.FromResult(false);

        public Action OnWrite { get; set; } = () => { };

        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public int Removals { get; private set; }

        public int Probes { get; private set; }

        public Task<bool>? LastRead { get; private set; }

        public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
        {
            Reads++;
            LastRead = OnRead(destination);
            return new(LastRead);
        }

        public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Writes++;
            OnWrite();
            return default;
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            SetAsync(key, new ReadOnlySequence<byte>(value), options, token).AsTask();

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            Probes++;
            return Task.FromResult<byte[]?>(null);
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            Removals++;
            return Task.CompletedTask;
        }

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public bool TryGet(string key, IBufferWriter<byte> destination) => throw new NotSupportedException();
    }
}
