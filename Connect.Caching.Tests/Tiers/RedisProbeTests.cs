using System.Buffers;
using Connect.Caching.Diagnostics;
using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Caching.Distributed;

namespace Connect.Caching.Tests.Tiers;

public sealed class RedisProbeTests(Servers servers)
{
    [Fact]
    public async Task Breaker_of_an_idle_instance_closes_by_itself_when_Redis_is_back()
    {
        var database = servers.NewDatabase();
        var redis = new UnreliableCache { IsAway = true };
        await using var instance = await TestInstance.StartAsync(database, redis, settings: new() { ["RedisBreakDuration"] = "00:00:00.100" });
        await instance.ReadAsync("k", () => 1, "t");
        await TestInstance.EventuallyAsync(() => instance.State.IsRedisAway);
        await TestInstance.EventuallyAsync(() => redis.Probes > 0);
        Assert.True(instance.State.IsRedisAway);

        redis.IsAway = false;

        await TestInstance.EventuallyAsync(() => !instance.State.IsRedisAway);
    }

    [Fact]
    public async Task Redis_that_answers_is_not_probed()
    {
        var database = servers.NewDatabase();
        var redis = new UnreliableCache();
        await using var instance = await TestInstance.StartAsync(database, redis, settings: new() { ["RedisBreakDuration"] = "00:00:00.100", ["PollInterval"] = "00:00:00.100" });

        var polls = instance.Get<CacheStatistics>();
        await TestInstance.EventuallyAsync(() => polls.Read(true, null, false, new MemorySnapshot(0, 0)).Listener!.Polls > 5);

        Assert.Equal(0, redis.Probes);
    }

    /// <summary>A Redis that refuses everything while it is away.</summary>
    private sealed class UnreliableCache : IBufferDistributedCache
    {
        private int _probes;

        public volatile bool IsAway;

        public int Probes => Volatile.Read(ref _probes);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            // Values are read into buffers: only probes come here.
            Interlocked.Increment(ref _probes);
            return IsAway ? throw new InvalidOperationException("away") : Task.FromResult<byte[]?>(null);
        }

        public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
            IsAway ? throw new InvalidOperationException("away") : new(false);

        public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            IsAway ? throw new InvalidOperationException("away") : default;

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            SetAsync(key, new ReadOnlySequence<byte>(value), options, token).AsTask();

        public Task RemoveAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public byte[]? Get(string key) => throw new NotSupportedException();

        public bool TryGet(string key, IBufferWriter<byte> destination) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();
    }
}
