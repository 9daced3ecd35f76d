using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connect.Data.Caching;

/// <summary>
/// Reads equal texts as the same string. Thousands of rankings contain the same programs and reasons; without sharing,
/// copies of their words were most of an instance's memory. The table has a fixed size: of two texts with the same
/// place, the later one stays.
/// </summary>
internal sealed class SharedStrings : JsonConverter<string>
{
    // A power of two.
    private const int Places = 1 << 16;

    /// <summary>Longest shared text, in bytes of UTF-8: longer ones seldom occur twice.</summary>
    internal const int MaxBytes = 256;

    private readonly string?[] _places = new string?[Places];

    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > MaxBytes)
        {
            return reader.GetString();
        }

        // Concurrent readers may overwrite each other's entry: then a text is shared one read later.
        ref var place = ref _places[XxHash3.HashToUInt64(reader.ValueSpan) & (Places - 1)];
        if (Volatile.Read(ref place) is { } known && reader.ValueTextEquals(known))
        {
            return known;
        }

        var text = reader.GetString();
        Volatile.Write(ref place, text);
        return text;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
