using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tiers;

/// <summary>Writes strings as UTF-8 and bytes unchanged, as the stock cache does, but within the limit of payloads.</summary>
internal sealed class PlainPayloads : IHybridCacheSerializerFactory, IHybridCacheSerializer<string>, IHybridCacheSerializer<byte[]>
{
    public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
    {
        serializer = this as IHybridCacheSerializer<T>;
        return serializer is not null;
    }

    string IHybridCacheSerializer<string>.Deserialize(ReadOnlySequence<byte> source) => Encoding.UTF8.GetString(source);

    void IHybridCacheSerializer<string>.Serialize(string value, IBufferWriter<byte> target) => Encoding.UTF8.GetBytes(value, target);

    byte[] IHybridCacheSerializer<byte[]>.Deserialize(ReadOnlySequence<byte> source) => source.ToArray();

    void IHybridCacheSerializer<byte[]>.Serialize(byte[] value, IBufferWriter<byte> target) => target.Write(value);
}
