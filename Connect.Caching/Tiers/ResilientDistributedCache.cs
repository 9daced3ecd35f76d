using System.Buffers;
using Connect.Caching.Diagnostics;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Connect.Caching.Tiers;

/// <summary>
/// Guards against a slow, hung or absent Redis. Failures cost a bounded time, are counted apart from misses and never
/// reach a caller. Evictions do not use Redis, so a failure here cannot lose one.
/// </summary>
internal sealed partial class ResilientDistributedCache(
    IDistributedCache redis,
    RedisBreaker breaker,
    TimeSpan timeout,
    KeyComposer keys,
    CacheMetrics metrics,
    TimeProvider time,
    ILogger<ResilientDistributedCache> logger) : IBufferDistributedCache
{
    // HybridCache's own tag times. Entries of the inner cache have no tags, so these reads are skipped.
    private const string OwnTagPrefix = "__MSFT_HCT__";

    // No value is stored under this key.
    private const string ProbeKey = "connect:probe";

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        // An answer after the time-out must not write into the caller's buffer, which may be reused by then.
        var buffer = new PrivateBuffer();
        var result = await ReadAsync(key, buffer, token).ConfigureAwait(false);
        if (result == RedisResult.Hit)
        {
            destination.Write(buffer.Written);
        }

        if (result != RedisResult.Timeout)
        {
            buffer.Return();
        }

        return result == RedisResult.Hit;
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var buffer = new PrivateBuffer();
        return await ReadAsync(key, buffer, token).ConfigureAwait(false) == RedisResult.Hit ? buffer.Written.ToArray() : null;
    }

    public ValueTask SetAsync(
        string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        // The caller reuses its buffer after this returns; a write that was abandoned at its time-out may still read
        // it.
        var copy = value.ToArray();
        return new(GuardAsync(RedisOperation.Write, key, async () =>
        {
            await redis.SetAsync(key, copy, options, CancellationToken.None).ConfigureAwait(false);
            return new(RedisResult.Ok, copy.Length);
        }, token));
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        SetAsync(key, new ReadOnlySequence<byte>(value), options, token).AsTask();

    public Task RemoveAsync(string key, CancellationToken token = default) => GuardAsync(RedisOperation.Remove, key, async () =>
    {
        await redis.RemoveAsync(key, CancellationToken.None).ConfigureAwait(false);
        return new(RedisResult.Ok);
    }, token);

    /// <summary>Reads a key without a value: an answer closes the breaker, a time-out keeps it open.</summary>
    public Task ProbeAsync(CancellationToken token) => GuardAsync(RedisOperation.Probe, ProbeKey, async () =>
    {
        await redis.GetAsync(ProbeKey, CancellationToken.None).ConfigureAwait(false);
        return new(RedisResult.Ok);
    }, token);

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw Asynchronous();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw Asynchronous();

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw Asynchronous();

    public bool TryGet(string key, IBufferWriter<byte> destination) => throw Asynchronous();

    public void Refresh(string key) => throw Asynchronous();

    public void Remove(string key) => throw Asynchronous();

    private async ValueTask<RedisResult> ReadAsync(string key, PrivateBuffer buffer, CancellationToken token)
    {
        if (key.StartsWith(OwnTagPrefix, StringComparison.Ordinal))
        {
            return RedisResult.Miss;
        }

        var flight = keys.FindByPhysical(key)?.BeginFlight();
        try
        {
            var result = await GuardAsync(RedisOperation.Read, key, () => FetchAsync(key, buffer), token).ConfigureAwait(false);
            if (result == RedisResult.Hit)
            {
                flight?.Found(CacheOutcome.Redis);
            }

            return result;
        }
        finally
        {
            // A computation after a miss is another flight.
            flight?.Complete();
        }
    }

    private async Task<Answer> FetchAsync(string key, PrivateBuffer buffer)
    {
        if (redis is IBufferDistributedCache buffered)
        {
            return await buffered.TryGetAsync(key, buffer, CancellationToken.None).ConfigureAwait(false)
                ? new(RedisResult.Hit, buffer.Length)
                : new(RedisResult.Miss);
        }

        if (await redis.GetAsync(key, CancellationToken.None).ConfigureAwait(false) is not { } bytes)
        {
            return new(RedisResult.Miss);
        }

        buffer.Write(bytes);
        return new(RedisResult.Hit, bytes.Length);
    }

    private async Task<RedisResult> GuardAsync(RedisOperation kind, string key, Func<Task<Answer>> operation, CancellationToken token)
    {
        if (key.StartsWith(OwnTagPrefix, StringComparison.Ordinal))
        {
            return RedisResult.Ok;
        }

        if (!(kind == RedisOperation.Probe ? breaker.TryProbe() : breaker.TryEnter()))
        {
            metrics.Redis(kind, RedisResult.Open, TimeSpan.Zero, bytes: 0);
            return RedisResult.Open;
        }

        var startedAt = time.GetTimestamp();
        try
        {
            var answer = await operation().WaitAsync(timeout, token).ConfigureAwait(false);
            breaker.Succeeded();
            metrics.Redis(kind, answer.Result, time.GetElapsedTime(startedAt), answer.Bytes);
            return answer.Result;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A cancelled operation tells nothing of Redis; a cancelled probe must not block the next one.
            breaker.Abandoned();
            throw;
        }
        catch (Exception exception)
        {
            // The boundary to Redis: any failure is answered like a miss.
            var result = exception is TimeoutException ? RedisResult.Timeout : RedisResult.Error;
            breaker.Failed();
            metrics.Redis(kind, result, time.GetElapsedTime(startedAt), bytes: 0);
            Log.Failed(logger, exception.GetType().Name, exception.Message);
            return result;
        }
    }

    private readonly record struct Answer(RedisResult Result, long Bytes = 0);

    private static NotSupportedException Asynchronous() => new("HybridCache is asynchronous; so is what lies under it.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis failed ({Type}): {Message}")]
        public static partial void Failed(ILogger logger, string type, string message);
    }
}
