using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Connect.Api.Http;

/// <summary>How the API writes JSON: camelCase, enums in upper snake case, nothing unknown accepted.</summary>
internal static class WireJson
{
    /// <summary>The naming of enum members on the wire.</summary>
    public static readonly JsonNamingPolicy EnumNaming = JsonNamingPolicy.SnakeCaseUpper;

    /// <summary>The same options as the endpoints', for what is read and written by hand.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // Titles are other people's text, and may hold markup: what a page takes for such is escaped, Korean is not.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(EnumNaming, allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;

        // Instead of what the framework brings for its own types, whose generated code the modifier cannot reach.
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseNullCharacters } };
        return options;
    }

    /// <summary>A value as the endpoints write it.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>
    /// Whether a document can be worked with: nodes are read lazily, so that half a surrogate pair shows only when
    /// it is needed.
    /// </summary>
    public static bool IsReadable(JsonObject document)
    {
        try
        {
            return document.ToJsonString().Length > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads an object; false for anything else, and for bytes that are no UTF-8, which nodes read as other characters.</summary>
    public static bool TryReadObject(JsonElement body, [NotNullWhen(true)] out JsonObject? document)
    {
        document = body.ValueKind == JsonValueKind.Object && Utf8.IsValid(JsonMarshal.GetRawUtf8Value(body)) ? JsonObject.Create(body) : null;
        return document is not null && IsReadable(document);
    }

    /// <summary>Reads an enum's wire name, such as <c>BIO_HEALTH</c>; false for anything else, null is no value.</summary>
    public static bool TryParse<TEnum>(string? text, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        foreach (var candidate in Enum.GetValues<TEnum>())
        {
            if (EnumNaming.ConvertName(candidate.ToString()).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        return false;
    }

    // JSON can hold a null character, Postgres' text cannot: to the caller it is a bad value, not a server error.
    private static void RefuseNullCharacters(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is { } set
                && (property.PropertyType == typeof(string) || typeof(IEnumerable<string>).IsAssignableFrom(property.PropertyType)))
            {
                property.Set = (target, value) =>
                {
                    if (value is string text ? HasNull(text) : value is IEnumerable<string> texts && texts.Any(HasNull))
                    {
                        throw new JsonException("Text with a null character cannot be stored.");
                    }

                    set(target, value);
                };
            }
        }

        static bool HasNull(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
    }
}
