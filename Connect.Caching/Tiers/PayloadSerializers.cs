using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Connect.Caching.Diagnostics;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Tiers;

/// <summary>
/// The inner cache's serializers: those that the application registered, else <see cref="JsonPayloads"/>. A payload
/// that cannot be read throws <see cref="UndeserializablePayloadException"/>, and values that are too large are
/// counted.
/// </summary>
internal sealed class PayloadSerializers(IServiceProvider application, IHybridCacheSerializerFactory fallback, CacheMetrics metrics, int maximumPayloadBytes)
    : IHybridCacheSerializerFactory
{
    public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
    {
        serializer = Find<T>() is { } found ? new Guarded<T>(found, metrics, maximumPayloadBytes) : null;
        return serializer is not null;
    }

    private IHybridCacheSerializer<T>? Find<T>()
    {
        if (application.GetService<IHybridCacheSerializer<T>>() is { } own)
        {
            return own;
        }

        // The last registered one is asked first, as in the stock cache.
        foreach (var factory in application.GetServices<IHybridCacheSerializerFactory>().Reverse().Append(fallback))
        {
            if (factory.TryCreateSerializer<T>(out var made))
            {
                return made;
            }
        }

        return null;
    }

    private sealed class Guarded<T>(IHybridCacheSerializer<T> inner, CacheMetrics metrics, int maximumPayloadBytes) : IHybridCacheSerializer<T>
    {
        public T Deserialize(ReadOnlySequence<byte> source)
        {
            try
            {
                return inner.Deserialize(source);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The boundary to payloads of other releases or programs: any failure means that it is no value.
                metrics.Statistics.Undeserializable.Add(typeof(T).Name);
                throw new UndeserializablePayloadException(typeof(T), exception);
            }
        }

        public void Serialize(T value, IBufferWriter<byte> target)
        {
            var counted = new CountingWriter(target);
            inner.Serialize(value, counted);

            // HybridCache only logs a refused value: without this, metrics would not show a layer that is never stored.
            if (counted.Count > maximumPayloadBytes)
            {
                metrics.Statistics.Refused.Add(typeof(T).Name);
            }
        }
    }

    private sealed class CountingWriter(IBufferWriter<byte> target) : IBufferWriter<byte>
    {
        public long Count { get; private set; }

        public void Advance(int count)
        {
            target.Advance(count);
            Count += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => target.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => target.GetSpan(sizeHint);
    }
}

/// <summary>A payload in Redis that this version cannot read.</summary>
internal sealed class UndeserializablePayloadException(Type type, Exception innerException)
    : Exception($"A cached payload of {type.Name} could not be read.", innerException);
