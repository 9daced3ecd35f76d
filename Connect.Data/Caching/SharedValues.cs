using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connect.Data.Caching;

/// <summary>
/// Reads a small value from a payload as the object that the same bytes were read as before: rankings give the same reasons
/// by the thousand. Compared by all their bytes. Bounded by its places: of two values that want the same one, the later one
/// has it.
/// </summary>
internal sealed class SharedValues<T>(JsonTypeInfo<T> plain) : JsonConverter<T>
    where T : class
{
    // A power of two.
    private const int Places = 1 << 14;

    /// <summary>The longest value that is shared, in bytes.</summary>
    internal const int MaxBytes = 512;

    private readonly Known?[] _places = new Known?[Places];

    /// <inheritdoc />
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var whole = reader;
        if (!whole.TrySkip() || PayloadBytes.Slice(reader.TokenStartIndex, whole.BytesConsumed) is not { IsEmpty: false, Length: <= MaxBytes } bytes)
        {
            return JsonSerializer.Deserialize(ref reader, plain);
        }

        // Readers at the same time may overwrite each other's: then a value is shared a little later.
        ref var place = ref _places[XxHash3.HashToUInt64(bytes.Span) & (Places - 1)];
        if (Volatile.Read(ref place) is { } known && bytes.Span.SequenceEqual(known.Bytes))
        {
            reader = whole;
            return known.Value;
        }

        var value = JsonSerializer.Deserialize(ref reader, plain)!;
        Volatile.Write(ref place, new(bytes.ToArray(), value));
        return value;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, plain);

    private sealed record Known(byte[] Bytes, T Value);
}
