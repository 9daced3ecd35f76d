using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace Connect.Tests.Functional.Caching;

/// <summary>A second tier whose content tests can look at and change. Instances may share one.</summary>
internal sealed class RecordingCache : IBufferDistributedCache
{
    public ConcurrentDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>How long the latest entry was to be kept.</summary>
    public DistributedCacheEntryOptions? LastOptions { get; private set; }

    public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        var found = TryGet(key, destination);
        return new(found);
    }

    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        (LastOptions, Entries[key]) = (options, value.ToArray());
        return default;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        (LastOptions, Entries[key]) = (options, value);
        return Task.CompletedTask;
    }

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => Entries.GetValueOrDefault(key);

    public bool TryGet(string key, IBufferWriter<byte> destination)
    {
        if (Get(key) is not { } bytes)
        {
            return false;
        }

        destination.Write(bytes);
        return true;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => Entries[key] = value;

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => Entries[key] = value.ToArray();

    public void Remove(string key) => Entries.TryRemove(key, out _);

    public void Refresh(string key)
    {
    }
}
