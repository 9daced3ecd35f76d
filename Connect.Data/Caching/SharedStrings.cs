using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connect.Data.Caching;

/// <summary>
/// Reads a text that was read before as the same string. The same calls and reasons stand in thousands of rankings, and
/// each payload would bring its own copy of all their words: most of what a process held. A string never changes and is
/// compared whole, so nobody can tell whether it is shared. Bounded by its places: of two texts that want the same one,
/// the later one has it.
/// </summary>
internal sealed class SharedStrings : JsonConverter<string>
{
    // A power of two.
    private const int Places = 1 << 16;

    /// <summary>The longest text that is shared, in bytes: longer ones belong to one call or one answer.</summary>
    internal const int MaxBytes = 256;

    private readonly string?[] _places = new string?[Places];

    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > MaxBytes)
        {
            return reader.GetString();
        }

        // Readers at the same time may overwrite each other's: then a text is shared a little later.
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
