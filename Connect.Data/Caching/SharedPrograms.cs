using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Connect.Domain.Programs;

namespace Connect.Data.Caching;

/// <summary>
/// Reads a call from a payload as the object that another payload with the same bytes was read as. Ten thousand rankings name
/// fifteen calls each, mostly the same ones: without this, memory holds each of them a hundred times, and reads it as often.
/// Known by all their bytes, so that there is no list of fields that somebody could forget to compare.
/// </summary>
internal sealed class SharedPrograms(JsonTypeInfo<ActiveProgram> plain) : JsonConverter<ActiveProgram>
{
    private const int FewestToPrune = 1_024;

    // Weak: a call is kept by the rankings and lists that have it, and by nothing else.
    private readonly ConcurrentDictionary<Content, WeakReference<ActiveProgram>> _known = new();
    private int _pruneAt = FewestToPrune;
    private int _pruning;

    /// <summary>Calls that are known, those included that nothing holds any more.</summary>
    public int Count => _known.Count;

    public override ActiveProgram? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var whole = reader;
        if (!whole.TrySkip() || PayloadBytes.Slice(reader.TokenStartIndex, whole.BytesConsumed) is not { IsEmpty: false } bytes)
        {
            return JsonSerializer.Deserialize(ref reader, plain);
        }

        var content = Content.Of(bytes.Span);
        if (_known.TryGetValue(content, out var reference) && reference.TryGetTarget(out var known))
        {
            reader = whole;
            return known;
        }

        var program = JsonSerializer.Deserialize(ref reader, plain)!;
        _known[content] = new(program);
        if (_known.Count >= Volatile.Read(ref _pruneAt))
        {
            Prune();
        }

        return program;
    }

    public override void Write(Utf8JsonWriter writer, ActiveProgram value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, plain);

    // Looking at all of them costs as much as adding as many: twice as many as are alive is soon enough.
    private void Prune()
    {
        if (Interlocked.Exchange(ref _pruning, 1) == 1)
        {
            return;
        }

        foreach (var entry in _known)
        {
            if (!entry.Value.TryGetTarget(out _))
            {
                _known.TryRemove(entry);
            }
        }

        Volatile.Write(ref _pruneAt, Math.Max(FewestToPrune, 2 * _known.Count));
        Volatile.Write(ref _pruning, 0);
    }

    /// <summary>SHA-256: what boards publish is other people's text, and nobody may choose it so that it is taken for another's.</summary>
    private readonly record struct Content(ulong First, ulong Second, ulong Third, ulong Fourth)
    {
        public static Content Of(ReadOnlySpan<byte> bytes)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes, hash);
            return MemoryMarshal.Read<Content>(hash);
        }
    }
}
