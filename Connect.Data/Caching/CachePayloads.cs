using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Caching;

/// <summary>Every cached type. Nulls are omitted: they are a seventh of a list of programs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(MatchResults))]
[JsonSerializable(typeof(DismissedPrograms))]
[JsonSerializable(typeof(OrganizationProfile))]
[JsonSerializable(typeof(UserAccess))]
[JsonSerializable(typeof(KeyAccess))]
[JsonSerializable(typeof(ActiveProgramList))]
[JsonSerializable(typeof(ProgramListPage))]
[JsonSerializable(typeof(ExplainedMatch))]
[JsonSerializable(typeof(MatchOwner))]
[JsonSerializable(typeof(ExternalUser))]
internal sealed partial class CachePayloadsContext : JsonSerializerContext;

/// <summary>Cached values as UTF-8 JSON, with Korean unescaped.</summary>
internal static class CachePayloads
{
    /// <summary>The types that may be cached.</summary>
    public static readonly Type[] Types = [.. CacheLayers.All.Select(layer => layer.ValueType!)];

    // The default encoder writes six bytes for each Korean syllable. Payloads never reach HTML.
    public static JsonSerializerOptions Options { get; } = new(CachePayloadsContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = CachePayloadsContext.Default,
    };

    /// <summary>
    /// <see cref="Options"/> with converters that share objects. Not for <see cref="SchemaVersion"/>: a converter hides its
    /// type's shape.
    /// </summary>
    public static JsonSerializerOptions ReadOptions { get; } = CreateReadOptions();

    /// <summary>
    /// A hash of the shapes of all cached types. It is part of every physical key, so that a release never reads
    /// payloads of another shape.
    /// </summary>
    public static string SchemaVersion { get; } = VersionOf(Options, Types);

    /// <summary>A hash of types' shapes, 8 hexadecimal digits.</summary>
    internal static string VersionOf(JsonSerializerOptions options, IEnumerable<Type> types)
    {
        var hash = new XxHash64();
        foreach (var type in types)
        {
            hash.Append(Encoding.UTF8.GetBytes(options.GetTypeInfo(type).GetJsonSchemaAsNode().ToJsonString()));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash())[..8];
    }

    private static JsonSerializerOptions CreateReadOptions()
    {
        var texts = new JsonSerializerOptions(Options) { Converters = { new SharedStrings() } };
        return new(texts)
        {
            Converters =
            {
                new SharedPrograms((JsonTypeInfo<ActiveProgram>)texts.GetTypeInfo(typeof(ActiveProgram))),
                new SharedValues<MatchReason>((JsonTypeInfo<MatchReason>)texts.GetTypeInfo(typeof(MatchReason))),
            },
        };
    }
}

/// <summary>Gives the cache the source-generated serializers of the cached types.</summary>
internal sealed class CachePayloadSerializers : IHybridCacheSerializerFactory
{
    public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
    {
        serializer = Array.IndexOf(CachePayloads.Types, typeof(T)) >= 0 ? new Serializer<T>() : null;
        return serializer is not null;
    }

    private sealed class Serializer<T> : IHybridCacheSerializer<T>
    {
        private readonly JsonTypeInfo<T> _read = (JsonTypeInfo<T>)CachePayloads.ReadOptions.GetTypeInfo(typeof(T));
        private readonly JsonTypeInfo<T> _written = (JsonTypeInfo<T>)CachePayloads.Options.GetTypeInfo(typeof(T));

        public T Deserialize(ReadOnlySequence<byte> source) =>
            PayloadBytes.Read(source.IsSingleSegment ? source.First : source.ToArray(), _read)!;

        public void Serialize(T value, IBufferWriter<byte> target)
        {
            using var writer = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = CachePayloads.Options.Encoder });
            JsonSerializer.Serialize(writer, value, _written);
        }
    }
}
