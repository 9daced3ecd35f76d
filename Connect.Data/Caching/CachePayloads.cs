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

/// <summary>Every type that is cached. What is null is left out: of a list of calls that is a seventh.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(MatchResults))]
[JsonSerializable(typeof(OrganizationProfile))]
[JsonSerializable(typeof(OrganizationMembers))]
[JsonSerializable(typeof(ActiveProgramList))]
[JsonSerializable(typeof(ExplainedMatch))]
[JsonSerializable(typeof(MatchOwner))]
[JsonSerializable(typeof(ExternalUser))]
internal sealed partial class CachePayloadsContext : JsonSerializerContext;

/// <summary>How cached values are written: UTF-8 JSON in which Korean stays Korean.</summary>
internal static class CachePayloads
{
    /// <summary>The types that may be cached.</summary>
    public static readonly Type[] Types =
    [
        typeof(MatchResults), typeof(OrganizationProfile), typeof(OrganizationMembers), typeof(ActiveProgramList),
        typeof(ExplainedMatch), typeof(MatchOwner), typeof(ExternalUser),
    ];

    // The default encoder writes six bytes for each Korean syllable; these payloads never reach a page.
    public static JsonSerializerOptions Options { get; } = new(CachePayloadsContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = CachePayloadsContext.Default,
    };

    /// <summary>The same for reading. Not for the shapes: a converter of one's own says nothing about them.</summary>
    public static JsonSerializerOptions ReadOptions { get; } = CreateReadOptions();

    /// <summary>
    /// Names the shapes of all cached types: part of every physical key, so that a deployment which changes a
    /// shape never meets payloads of another one.
    /// </summary>
    public static string SchemaVersion { get; } = ComputeSchemaVersion();

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

    private static string ComputeSchemaVersion()
    {
        var hash = new XxHash64();
        foreach (var type in Types)
        {
            hash.Append(Encoding.UTF8.GetBytes(Options.GetTypeInfo(type).GetJsonSchemaAsNode().ToJsonString()));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash())[..8];
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
