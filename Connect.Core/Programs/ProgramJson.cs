using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Connect.Core.Classification;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Connect.Core.Programs;

/// <summary>How what was told of an announcement is stored: JSON that people can read in the database.</summary>
internal static class ProgramJson
{
    private static readonly JsonSerializerOptions Options = new(ProgramJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
        TypeInfoResolver = ProgramJsonContext.Default,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeOf<T>());

    public static T Read<T>(string text) => JsonSerializer.Deserialize(text, TypeOf<T>())
        ?? throw new JsonException($"There is no {typeof(T).Name}.");

    public static ValueConverter<T, string> ToText<T>() => new(value => Write(value), text => Read<T>(text));

    /// <summary>Compares by what is stored: records that hold arrays are otherwise equal only to themselves.</summary>
    public static ValueComparer<T> Comparer<T>() => new(
        (left, right) => Write(left) == Write(right),
        value => StringComparer.Ordinal.GetHashCode(Write(value)),
        value => value);

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CallTraits))]
[JsonSerializable(typeof(ImmutableArray<ClassificationEvidence>))]
[JsonSerializable(typeof(ImmutableArray<FieldChange>))]
internal sealed partial class ProgramJsonContext : JsonSerializerContext;
