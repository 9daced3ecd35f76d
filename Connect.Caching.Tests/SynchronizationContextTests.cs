using Connect.Caching.Tests.Instances;
using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests;

/// <summary>
/// Callers with a <see cref="SynchronizationContext"/>, such as desktop programs and old web frameworks: the library never continues on
/// it, so a caller that blocks its context while it waits does not wait for itself.
/// </summary>
public sealed class SynchronizationContextTests(Servers servers)
{
    private static readonly HybridCacheEntryOptions RedisOnly = new()
    {
        Expiration = TimeSpan.FromHours(1),
        Flags = HybridCacheEntryFlags.DisableLocalCache,
    };

    [Fact]
    public async Task Nothing_continues_on_the_callers_context()
    {
        var redis = new YieldingCache();
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), redis);
        await instance.ReadAsync("known", () => 1, "t");

        Func<Task>[] calls =
        [
            () => instance.ReadAsync("new", () => 1, "new").AsTask(),
            () => instance.ReadAsync("known", () => 2, "t").AsTask(),
            () => instance.Cache.GetOrCreateAsync("waits", static async _ => await YieldAsync(1).ConfigureAwait(false), tags: ["t"], cancellationToken: CancellationToken.None).AsTask(),
            () => instance.Cache.GetOrCreateAsync("redis", static _ => new ValueTask<int>(1), RedisOnly, ["t"], TestInstance.Token).AsTask(),
            () => instance.Cache.GetOrCreateAsync("redis", static _ => new ValueTask<int>(2), RedisOnly, ["t"], TestInstance.Token).AsTask(),
            () => instance.Cache.SetAsync("set", 1, tags: ["t"], cancellationToken: TestInstance.Token).AsTask(),
            () => instance.Cache.RemoveAsync("set", TestInstance.Token).AsTask(),
            () => instance.Cache.RemoveByTagAsync("t", TestInstance.Token).AsTask(),
            () => instance.EvictAsync("t"),
            () => instance.Transaction.ExecuteAsync(
                static async (db, token) =>
                {
                    db.Add(new Visit());
                    await db.SaveChangesAsync(token).ConfigureAwait(false);
                },
                TestInstance.Token),
            () => instance.Get<CachePreloading>().ReadGenerationsAsync(["t"], TestInstance.Token),
        ];
        for (var call = 0; call < calls.Length; call++)
        {
            Assert.Equal((call, 0), (call, await CountPostsAsync(calls[call])));
        }
    }

    private static async Task<int> CountPostsAsync(Func<Task> call)
    {
        var context = new CountingContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Task called;
        try
        {
            called = call();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await called;
        return context.Posts;
    }

    private static async Task<T> YieldAsync<T>(T value)
    {
        // Not Task.Yield, which continues on the caller's context.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return value;
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }

    /// <summary>A second tier that never answers at once.</summary>
    private sealed class YieldingCache : IDistributedCache
    {
        private readonly RecordingCache _cache = new();

        public byte[]? Get(string key) => throw new NotSupportedException();

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => await YieldAsync(_cache.Get(key)).ConfigureAwait(false);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            await YieldAsync(0).ConfigureAwait(false);
            _cache.Set(key, value, options);
        }

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public void Remove(string key) => throw new NotSupportedException();

        public async Task RemoveAsync(string key, CancellationToken token = default)
        {
            await YieldAsync(0).ConfigureAwait(false);
            _cache.Remove(key);
        }
    }
}
