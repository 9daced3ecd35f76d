using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Schema;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tiers;

/// <summary>Writes values as UTF-8 JSON without escaping other scripts: payloads never reach HTML.</summary>
internal sealed class JsonPayloads : IHybridCacheSerializerFactory
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
        TypeInfoResolver = JsonSerializerOptions.Default.TypeInfoResolver,
    };

    /// <summary>
    /// A hash of the shapes of types. As a part of every key it prevents a release from reading payloads of another
    /// shape.
    /// </summary>
    public static string VersionOf(IEnumerable<Type> types)
    {
        var hash = new XxHash64();
        foreach (var type in types)
        {
            hash.Append(Encoding.UTF8.GetBytes(Options.GetTypeInfo(type).GetJsonSchemaAsNode().ToJsonString()));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash())[..8];
    }

    // Strings and bytes are written as they are.
    public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
    {
        serializer = typeof(T) == typeof(string) || typeof(T) == typeof(byte[]) ? null : new Serializer<T>();
        return serializer is not null;
    }

    private sealed class Serializer<T> : IHybridCacheSerializer<T>
    {
        public T Deserialize(ReadOnlySequence<byte> source)
        {
            var reader = new Utf8JsonReader(source);
            return JsonSerializer.Deserialize<T>(ref reader, Options)!;
        }

        public void Serialize(T value, IBufferWriter<byte> target)
        {
            using var writer = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = Options.Encoder });
            JsonSerializer.Serialize(writer, value, Options);
        }
    }
}
