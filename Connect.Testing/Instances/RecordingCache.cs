using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace Connect.Testing.Instances;

/// <summary>A second tier whose content tests can look at and change. Instances may share one. The stock cache's tag times are not counted.</summary>
internal sealed class RecordingCache : IBufferDistributedCache
{
    private int _reads;
    private int _writes;

    public ConcurrentDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>How long the latest entry was to be kept.</summary>
    public DistributedCacheEntryOptions? LastOptions { get; private set; }

    /// <summary>Runs before each read; what it throws is the read's failure.</summary>
    public Action? OnRead { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    public int Writes => Volatile.Read(ref _writes);

    public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
        new(TryGet(key, destination));

    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Set(key, value, options);
        return default;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Set(key, value, options);
        return Task.CompletedTask;
    }

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key)
    {
        Count(key, ref _reads);
        OnRead?.Invoke();
        return Entries.GetValueOrDefault(key);
    }

    public bool TryGet(string key, IBufferWriter<byte> destination)
    {
        if (Get(key) is not { } bytes)
        {
            return false;
        }

        destination.Write(bytes);
        return true;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        (LastOptions, Entries[key]) = (options, value);
        Count(key, ref _writes);
    }

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => Set(key, value.ToArray(), options);

    public void Remove(string key) => Entries.TryRemove(key, out _);

    public void Refresh(string key)
    {
    }

    private static void Count(string key, ref int count)
    {
        if (!key.StartsWith("__MSFT", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref count);
        }
    }
}
