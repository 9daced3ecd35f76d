using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Text;
using Connect.Caching.Diagnostics;
using Connect.Caching.Tests.Diagnostics;
using Connect.Caching.Tiers;
using Connect.Tests;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Caching.Tests.Tiers;

/// <summary>How values become payloads, and which payloads are values again.</summary>
public sealed class PayloadsTests
{
    [Fact]
    public void Json_is_read_again_and_does_not_escape_other_scripts()
    {
        Assert.True(new JsonPayloads().TryCreateSerializer<(string Name, int Number)>(out var serializer));
        var written = Write(serializer, ("한국어 <b>", 7));

        Assert.Contains("한국어 <b>", Encoding.UTF8.GetString(written.WrittenSpan), StringComparison.Ordinal);
        Assert.Equal(("한국어 <b>", 7), serializer.Deserialize(new(written.WrittenMemory)));
        Assert.False(new JsonPayloads().TryCreateSerializer<string>(out _));
        Assert.False(new JsonPayloads().TryCreateSerializer<byte[]>(out _));
    }

    [Fact]
    public void Version_changes_with_the_shape_of_any_type()
    {
        string[] versions = [VersionOf(), VersionOf(typeof(First)), VersionOf(typeof(Second)), VersionOf(typeof(First), typeof(Second))];

        Assert.Equal(4, versions.Distinct().Count());
        Assert.All(versions, version => Assert.Matches("^[0-9a-f]{8}$", version));
        Assert.Equal(versions[1], VersionOf(typeof(First)));
    }

    [Fact]
    public void Serializer_of_the_application_comes_first_and_the_last_factory_before_the_others()
    {
        Assert.Equal("json", NameOf(new ServiceCollection()));
        Assert.Equal("two", NameOf(new ServiceCollection().AddSingleton<IHybridCacheSerializerFactory>(new Named<First>("one"))
            .AddSingleton<IHybridCacheSerializerFactory>(new Named<First>("two"))));
        Assert.Equal("own", NameOf(new ServiceCollection().AddSingleton<IHybridCacheSerializerFactory>(new Named<First>("one"))
            .AddSingleton<IHybridCacheSerializer<First>>(new Named<First>("own"))));
    }

    [Fact]
    public void Payload_that_cannot_be_read_and_value_that_is_too_large_are_counted()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = TestMetrics.Of(services.GetRequiredService<IMeterFactory>());
        Assert.True(new PayloadSerializers(services, new JsonPayloads(), metrics, maximumPayloadBytes: 9).TryCreateSerializer<First>(out var serializer));

        var thrown = Assert.Throws<UndeserializablePayloadException>(() => serializer.Deserialize(new("7"u8.ToArray())));
        Assert.Contains(nameof(First), thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, Count(CacheTelemetry.Instruments.PayloadsUndeserializable));

        Assert.Equal(9, Write(serializer, new First("a")).WrittenCount);
        Assert.Equal(0, Count(CacheTelemetry.Instruments.PayloadsRefused));
        Assert.Equal("ab", Assert.Throws<RefusedPayloadException<First>>(() => Write(serializer, new First("ab"))).Value.A);
        Assert.Equal(1, Count(CacheTelemetry.Instruments.PayloadsRefused));

        long Count(string instrument)
        {
            using var collector = new MetricCollector<long>(services.GetRequiredService<IMeterFactory>(), CacheTelemetry.MeterName, instrument);
            return collector.ReadCounted().Sum(measurement => measurement.Value);
        }
    }

    [Fact]
    public void Buffer_grows_and_keeps_its_content()
    {
        var buffer = new PrivateBuffer();
        var expected = new byte[100_000];

        // Other bytes in each run: the pool may hand out what an earlier one has returned.
        Random.Shared.NextBytes(expected);
        for (var place = 0; place < expected.Length; place += 1000)
        {
            expected.AsSpan(place, 1000).CopyTo(buffer.GetSpan(1000));
            buffer.Advance(1000);
        }

        Assert.Equal(expected, buffer.Written.ToArray());
        buffer.Advance(buffer.GetSpan().Length);
        Assert.True(buffer.GetMemory().Length >= 1);
        Assert.Equal(expected, buffer.Written[..expected.Length].ToArray());
        buffer.Return();
    }

    private static string VersionOf(params Type[] types) => JsonPayloads.VersionOf(types);

    private static ArrayBufferWriter<byte> Write<T>(IHybridCacheSerializer<T> serializer, T value)
    {
        var writer = new ArrayBufferWriter<byte>();
        serializer.Serialize(value, writer);
        return writer;
    }

    private static string NameOf(IServiceCollection services)
    {
        using var provider = services.AddMetrics().BuildServiceProvider();
        var payloads = new PayloadSerializers(
            provider, new Named<First>("json"), TestMetrics.Of(provider.GetRequiredService<IMeterFactory>()), maximumPayloadBytes: 100);
        Assert.True(payloads.TryCreateSerializer<First>(out var serializer));
        return Encoding.UTF8.GetString(Write(serializer, new First("")).WrittenSpan);
    }

    private sealed record First(string A);

    private sealed record Second(int A);

    /// <summary>Writes its own name.</summary>
    private sealed class Named<TValue>(string name) : IHybridCacheSerializer<TValue>, IHybridCacheSerializerFactory
    {
        public TValue Deserialize(ReadOnlySequence<byte> source) => throw new NotSupportedException();

        public void Serialize(TValue value, IBufferWriter<byte> target) => target.Write(Encoding.UTF8.GetBytes(name));

        public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
        {
            serializer = this as IHybridCacheSerializer<T>;
            return serializer is not null;
        }
    }
}
