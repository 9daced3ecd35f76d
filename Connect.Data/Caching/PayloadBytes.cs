using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Connect.Data.Caching;

/// <summary>Lets converters see the bytes of what they read, which a reader does not tell.</summary>
internal static class PayloadBytes
{
    // Reading is synchronous.
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

    /// <summary>An object's bytes in the payload that is read; nothing where that is not known.</summary>
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
