using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Connect.Data.Caching;

/// <summary>Gives converters the bytes of the object that they read; <see cref="Utf8JsonReader"/> has only its position.</summary>
internal static class PayloadBytes
{
    // Reading is synchronous, so one payload per thread is enough.
    [ThreadStatic]
    private static ReadOnlyMemory<byte> _payload;

    /// <summary>Reads a whole payload.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> payload, JsonTypeInfo<T> type)
    {
        _payload = payload;
        try
        {
            return JsonSerializer.Deserialize(payload.Span, type);
        }
        finally
        {
            _payload = default;
        }
    }

    /// <summary>Bytes <paramref name="from"/> to <paramref name="to"/> of the payload; empty outside of <see cref="Read"/>.</summary>
    public static ReadOnlyMemory<byte> Slice(long from, long to)
    {
        var payload = _payload;
        if (to > payload.Length || from >= to)
        {
            return default;
        }

        var bytes = payload[(int)from..(int)to];
        return bytes.Span is [(byte)'{', .., (byte)'}'] ? bytes : default;
    }
}
