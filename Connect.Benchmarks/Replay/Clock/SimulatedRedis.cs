using System.Buffers.Binary;
using Microsoft.Extensions.Caching.Distributed;

namespace Connect.Benchmarks.Replay.Clock;

/// <summary>
/// A real distributed cache whose entries expire by the simulated clock: each is stored with its end, and is absent
/// after it. The server's own time-to-live is longer than a run. Counts stored entries, because HybridCache stores
/// after it has answered.
/// </summary>
internal sealed class SimulatedRedis(IDistributedCache redis, TimeProvider time) : IDistributedCache
{
    private const int Prefix = sizeof(long);

    private long _stored;

    /// <summary>Entries whose storing is done.</summary>
    public long Stored => Volatile.Read(ref _stored);

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        await redis.GetAsync(key, token) is { } bytes && time.GetUtcNow().UtcTicks < BinaryPrimitives.ReadInt64LittleEndian(bytes)
            ? bytes[Prefix..]
            : null;

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        var bytes = new byte[Prefix + value.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, EndOf(options).UtcTicks);
        value.CopyTo(bytes, Prefix);
        await redis.SetAsync(key, bytes, options, token);
        Interlocked.Increment(ref _stored);
    }

    public Task RemoveAsync(string key, CancellationToken token = default) => redis.RemoveAsync(key, token);

    public Task RefreshAsync(string key, CancellationToken token = default) => throw Unused();

    public byte[]? Get(string key) => throw Unused();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw Unused();

    public void Refresh(string key) => throw Unused();

    public void Remove(string key) => throw Unused();

    private DateTimeOffset EndOf(DistributedCacheEntryOptions options) =>
        options.AbsoluteExpirationRelativeToNow is { } left ? time.GetUtcNow() + left
        : options.AbsoluteExpiration ?? throw new ArgumentException("An entry has an end.", nameof(options));

    private static NotSupportedException Unused() => new("The product does not use it.");
}
