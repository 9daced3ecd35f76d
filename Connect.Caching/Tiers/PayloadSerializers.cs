using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Connect.Caching.Diagnostics;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Tiers;

/// <summary>
/// The inner cache's serializers: those that the application registered, else <see cref="JsonPayloads"/>. A payload
/// that cannot be read throws <see cref="UndeserializablePayloadException"/>, and one that is too large
/// <see cref="RefusedPayloadException{T}"/>.
/// </summary>
internal sealed class PayloadSerializers(IServiceProvider application, IHybridCacheSerializerFactory fallback, CacheMetrics metrics, int maximumPayloadBytes)
    : IHybridCacheSerializerFactory
{
    private readonly ConcurrentDictionary<Type, object?> _found = new();

    public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
    {
        serializer = Of<T>() is { } found ? new Guarded<T>(found, metrics, maximumPayloadBytes) : null;
        return serializer is not null;
    }

    /// <summary>The serializer of a type, without a guard; null if there is none.</summary>
    public IHybridCacheSerializer<T>? Of<T>() =>
        (IHybridCacheSerializer<T>?)_found.GetOrAdd(typeof(T), static (_, serializers) => serializers.Find<T>(), this);

    private IHybridCacheSerializer<T>? Find<T>()
    {
        if (application.GetService<IHybridCacheSerializer<T>>() is { } own)
        {
            return own;
        }

        // The last registered one is asked first, as in the stock cache.
        foreach (var factory in application.GetServices<IHybridCacheSerializerFactory>().Reverse().Append(fallback).Append(new PlainPayloads()))
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
            try
            {
                inner.Serialize(value, new LimitedWriter(target, maximumPayloadBytes));
            }
            catch (PayloadTooLargeException)
            {
                // HybridCache itself would keep such a value in memory, as one without a size. An exception is its only way not to.
                metrics.Statistics.Refused.Add(typeof(T).Name);
                throw new RefusedPayloadException<T>(value);
            }
        }
    }

    private sealed class LimitedWriter(IBufferWriter<byte> target, int maximumPayloadBytes) : IBufferWriter<byte>
    {
        private long _count;

        public void Advance(int count)
        {
            _count += count;
            if (_count > maximumPayloadBytes)
            {
                throw new PayloadTooLargeException();
            }

            target.Advance(count);
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => target.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => target.GetSpan(sizeHint);
    }

    private sealed class PayloadTooLargeException : Exception;
}

/// <summary>A payload in Redis that this version cannot read.</summary>
internal sealed class UndeserializablePayloadException(Type type, Exception innerException)
    : Exception($"A cached payload of {type.Name} could not be read.", innerException);

/// <summary>A value that is not stored, because its payload is larger than <see cref="CacheOptions.MaximumPayloadBytes"/>.</summary>
internal sealed class RefusedPayloadException<T>(T value) : Exception($"A payload of {typeof(T).Name} is too large to be stored.")
{
    public T Value => value;
}
