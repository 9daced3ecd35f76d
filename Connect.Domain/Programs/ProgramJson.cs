using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connect.Domain.Programs;

/// <summary>JSON of values in the database, readable and without escaped Korean.</summary>
public static class ProgramJson
{
    private static readonly JsonSerializerOptions Options = new(ProgramJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
        TypeInfoResolver = ProgramJsonContext.Default,
    };

    /// <summary>Writes a value: equal texts are equal values.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeOf<T>());

    /// <summary>Reads a value of <see cref="Write{T}"/>.</summary>
    /// <exception cref="JsonException">The text is no such value.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize(text, TypeOf<T>())
        ?? throw new JsonException($"There is no {typeof(T).Name}.");

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProgramTraits))]
[JsonSerializable(typeof(ImmutableArray<ClassificationEvidence>))]
[JsonSerializable(typeof(ImmutableArray<FieldChange>))]
[JsonSerializable(typeof(ImmutableArray<ApplicationPeriod>))]
internal sealed partial class ProgramJsonContext : JsonSerializerContext;
