using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connect.Data.Caching;

/// <summary>
/// Reads small values with the same bytes as the same object: thousands of rankings contain the same reasons. The table
/// has a fixed size: of two values with the same place, the later one stays.
/// </summary>
internal sealed class SharedValues<T>(JsonTypeInfo<T> plain) : JsonConverter<T>
    where T : class
{
    // A power of two.
    private const int Places = 1 << 14;

    /// <summary>Longest shared value, in bytes.</summary>
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

        // Concurrent readers may overwrite each other's entry: then a value is shared one read later.
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
