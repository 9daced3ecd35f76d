using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Connect.Domain.Programs;

namespace Connect.Data.Caching;

/// <summary>
/// Reads programs with the same bytes as the same object. Ten thousand rankings hold fifteen programs each, mostly the
/// same ones: without sharing, each is parsed and kept a hundred times. All bytes are compared, so that a new field
/// cannot be forgotten.
/// </summary>
internal sealed class SharedPrograms(JsonTypeInfo<ActiveProgram> plain) : JsonConverter<ActiveProgram>
{
    private const int FewestToPrune = 1_024;

    // Weak: only rankings and lists keep a program alive.
    private readonly ConcurrentDictionary<Content, WeakReference<ActiveProgram>> _known = new();
    private int _pruneAt = FewestToPrune;
    private int _pruning;

    /// <summary>Number of entries, including those whose program was collected.</summary>
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

    // Pruning visits all entries, so it waits until they are twice as many as were alive.
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

    /// <summary>SHA-256 of the bytes: boards' texts are foreign, and must not be able to collide on purpose.</summary>
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
