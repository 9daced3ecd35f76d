using System.Buffers;
using Connect.Core.Diagnostics;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Connect.Core.Caching;

/// <summary>
/// Redis as it may be: slow, hung, gone. Its failures cost a bounded time, are counted apart from misses and
/// never reach a caller. Evictions do not pass through here, so nothing lost here is a lost eviction.
/// </summary>
internal sealed partial class ResilientDistributedCache(
    IDistributedCache redis,
    RedisBreaker breaker,
    TimeSpan timeout,
    KeyComposer keys,
    CacheMetrics metrics,
    ILogger<ResilientDistributedCache> logger) : IBufferDistributedCache
{
    // HybridCache's own tag times. No entry below the decorator has tags, so there is nothing to learn from them.
    private const string OwnTagPrefix = "__MSFT_HCT__";

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        if (await ReadAsync(key, token).ConfigureAwait(false) is not { } payload)
        {
            return false;
        }

        destination.Write(payload.Span);
        return true;
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        await ReadAsync(key, token).ConfigureAwait(false) is { } payload ? payload.ToArray() : null;

    public ValueTask SetAsync(
        string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        // The caller recycles its buffer when this returns; a write that was abandoned at its time-out may still read it.
        var copy = value.ToArray();
        return new(GuardAsync(key, false, async () =>
        {
            await redis.SetAsync(key, copy, options, CancellationToken.None).ConfigureAwait(false);
            return true;
        }, token));
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        SetAsync(key, new ReadOnlySequence<byte>(value), options, token).AsTask();

    public Task RemoveAsync(string key, CancellationToken token = default) => GuardAsync(key, false, async () =>
    {
        await redis.RemoveAsync(key, CancellationToken.None).ConfigureAwait(false);
        return true;
    }, token);

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw Asynchronous();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw Asynchronous();

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw Asynchronous();

    public bool TryGet(string key, IBufferWriter<byte> destination) => throw Asynchronous();

    public void Refresh(string key) => throw Asynchronous();

    public void Remove(string key) => throw Asynchronous();

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string key, CancellationToken token)
    {
        if (key.StartsWith(OwnTagPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var flight = keys.FindByPhysical(key)?.BeginFlight();

        // A buffer of this call's own: an answer that comes after the time-out must not write into one that is
        // somebody else's by then.
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            if (!await GuardAsync(key, false, () => FetchAsync(key, buffer), token).ConfigureAwait(false))
            {
                return null;
            }

            flight?.Found(CacheOutcome.Redis);
            return buffer.WrittenMemory;
        }
        finally
        {
            // What follows a miss is a flight of its own.
            flight?.Complete();
        }
    }

    private async Task<bool> FetchAsync(string key, ArrayBufferWriter<byte> buffer)
    {
        if (redis is IBufferDistributedCache buffered)
        {
            return await buffered.TryGetAsync(key, buffer, CancellationToken.None).ConfigureAwait(false);
        }

        if (await redis.GetAsync(key, CancellationToken.None).ConfigureAwait(false) is not { } bytes)
        {
            return false;
        }

        buffer.Write(bytes);
        return true;
    }

    private async Task<TResult> GuardAsync<TResult>(string key, TResult failed, Func<Task<TResult>> operation, CancellationToken token)
    {
        if (key.StartsWith(OwnTagPrefix, StringComparison.Ordinal))
        {
            return failed;
        }

        if (!breaker.TryEnter())
        {
            metrics.RedisFailed("open");
            return failed;
        }

        try
        {
            var result = await operation().WaitAsync(timeout, token).ConfigureAwait(false);
            breaker.Succeeded();
            return result;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Nothing is known of Redis; a probe that was given up must not keep the breaker waiting for it.
            breaker.Abandoned();
            throw;
        }
        catch (Exception exception)
        {
            // The boundary to Redis: whatever it was, the answer is "not there".
            breaker.Failed();
            metrics.RedisFailed(exception is TimeoutException ? "timeout" : "error");
            Log.Failed(logger, exception.GetType().Name, exception.Message);
            return failed;
        }
    }

    private static NotSupportedException Asynchronous() => new("HybridCache is asynchronous; so is what lies under it.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis failed ({Type}): {Message}")]
        public static partial void Failed(ILogger logger, string type, string message);
    }
}
