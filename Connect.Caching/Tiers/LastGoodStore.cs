using System.Buffers;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tiers;

/// <summary>
/// The last good value of each key, for outages of the database. Only the outermost read of a request may use it, so
/// that no stored value is computed from it. A value that callers could change is kept serialized: each reader gets its own.
/// </summary>
internal sealed class LastGoodStore(IOptions<CacheOptions> options, PayloadSerializers serializers, TimeProvider time) : IDisposable
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = options.Value.MaxLastGood });
    private readonly Lock _gate = new();

    /// <summary>Keeps a value, unless the key was removed, or a later read kept one, after the value's read began.</summary>
    /// <param name="key">The key that the value is stored under.</param>
    /// <param name="value">The value.</param>
    /// <param name="readAt">Monotonic time at which its read began.</param>
    public void Put<T>(ComposedKey key, T value, long readAt)
    {
        if (key.Layer.FailSafe && TryKeep(value, out var kept))
        {
            Set(key.Layer, key.Logical, new LastGood<T>(kept, key.Physical, time.GetTimestamp(), readAt));
        }
    }

    /// <summary>Forgets a key's value, and those of reads that began before.</summary>
    public void Remove(CacheLayer layer, string logical)
    {
        if (layer.FailSafe)
        {
            Set(layer, logical, new Entry(time.GetTimestamp()));
        }
    }

    /// <summary>The last good value, if it may be served now.</summary>
    /// <param name="layer">The key's layer.</param>
    /// <param name="logical">The logical key.</param>
    /// <param name="current">The key's name by the last verified generations; null if they are not known.</param>
    /// <param name="confirmedAt">Monotonic time at which those generations were confirmed last.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">The name that it was stored under.</param>
    public bool TryGet<T>(CacheLayer layer, string logical, ComposedKey? current, long confirmedAt, out T value, out string name)
    {
        if (_entries.Get(logical) is LastGood<T> good)
        {
            var overtaken = current?.Physical != good.Physical;
            var age = time.GetElapsedTime(overtaken ? good.StoredAt : confirmedAt);

            // A value that decides about access must not be used after a known eviction.
            if (age <= options.Value.LastGoodMaxAge && !(overtaken && layer.Authorizes))
            {
                (value, name) = (good.Kept is Payload payload ? serializers.Of<T>()!.Deserialize(new(payload.Bytes)) : (T)good.Kept!, good.Physical);
                return true;
            }
        }

        (value, name) = (default!, "");
        return false;
    }

    public void Dispose() => _entries.Dispose();

    private bool TryKeep<T>(T value, out object? kept)
    {
        kept = value;
        if (value is null || SharedTypes.Includes<T>())
        {
            return true;
        }

        var buffer = new ArrayBufferWriter<byte>();
        serializers.Of<T>()?.Serialize(value, buffer);
        kept = new Payload(buffer.WrittenMemory);
        return buffer.WrittenCount > 0 && buffer.WrittenCount <= options.Value.MaximumPayloadBytes;
    }

    private void Set(CacheLayer layer, string logical, Entry added)
    {
        lock (_gate)
        {
            if (_entries.Get(logical) is Entry known && known.ReadAt > added.ReadAt)
            {
                return;
            }

            using var entry = _entries.CreateEntry(logical);
            entry.Value = added;
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = layer.MaxTtl;
        }
    }

    /// <summary>What is known of a key; without a value, that it was removed.</summary>
    private record Entry(long ReadAt);

    private sealed record LastGood<T>(object? Kept, string Physical, long StoredAt, long ReadAt) : Entry(ReadAt);

    private sealed record Payload(ReadOnlyMemory<byte> Bytes);
}
