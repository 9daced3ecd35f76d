using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Connect.Domain.KoreanText;

namespace Connect.Api.Http;

/// <summary>The JSON of the API: camelCase, enums in upper snake case, unknown members refused, texts composed (NFC).</summary>
internal static class WireJson
{
    /// <summary>The naming of enum members on the wire.</summary>
    public static readonly JsonNamingPolicy EnumNaming = JsonNamingPolicy.SnakeCaseUpper;

    /// <summary>The options of the endpoints, for JSON outside of model binding and results.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // Titles are foreign text and may hold markup: HTML's characters are escaped, Korean is not.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(EnumNaming, allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;

        // Replaces the framework's generated resolvers, to which a modifier cannot be added.
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { PrepareTexts } };
        return options;
    }

    /// <summary>A value as the endpoints write it.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>
    /// Whether all strings of a document can be read. They are decoded lazily, so half a surrogate pair would throw
    /// only when it is used.
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

    /// <summary>Reads an object; false for anything else, and for bytes that are no UTF-8.</summary>
    public static bool TryReadObject(JsonElement body, [NotNullWhen(true)] out JsonObject? document)
    {
        document = body.ValueKind == JsonValueKind.Object && Utf8.IsValid(JsonMarshal.GetRawUtf8Value(body)) ? JsonObject.Create(body) : null;
        return document is not null && IsReadable(document);
    }

    /// <summary>An enum's wire name.</summary>
    public static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => EnumNaming.ConvertName(value.ToString());

    /// <summary>The message for a text that <see cref="TryParse"/> refuses.</summary>
    public static string OneOf<TEnum>()
        where TEnum : struct, Enum => $"One of {string.Join(", ", Enum.GetNames<TEnum>().Select(EnumNaming.ConvertName))}.";

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

    // JSON can hold a null character and Postgres' text cannot: answer 400, not 500. Texts are stored composed (NFC), as those of the
    // boards are, so that they are equal where they look equal. Of a password only the hash is kept, so it stays as it was typed.
    private static void PrepareTexts(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is { } set
                && (property.PropertyType == typeof(string) || typeof(IEnumerable<string>).IsAssignableFrom(property.PropertyType)))
            {
                var compose = !property.Name.EndsWith("password", StringComparison.OrdinalIgnoreCase);
                property.Set = (target, value) => set(target, value switch
                {
                    string text => Prepare(text, compose),
                    IList<string> texts => Prepare(texts),
                    _ => value,
                });
            }
        }
    }

    private static IList<string> Prepare(IList<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            // The annotation of an element is not enforced.
            if ((string?)texts[i] is { } text)
            {
                texts[i] = Prepare(text, compose: true);
            }
        }

        return texts;
    }

    private static string Prepare(string text, bool compose) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException("Text with a null character cannot be stored.")
        : compose ? PlainText.Compose(text) : text;
}
