using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Connect.Caching.Generations;

namespace Connect.Caching.Naming;

/// <summary>
/// Builds physical keys, <c>connect:{schema}:{logical key}@{name}</c>, and keeps them while their generations stand.
/// The stores are bounded: over the bound they are cleared, which costs building a string per key again.
/// </summary>
internal sealed class KeyComposer(string schema, int capacity, CacheLayerRegistry layers)
{
    /// <summary>Longest physical key, in characters: the longest logical one with schema and name.</summary>
    public const int MaxPhysicalLength = KeyRules.MaxLength + 256;

    private readonly ConcurrentDictionary<string, ComposedKey> _byLogical = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ComposedKey> _byPhysical = new(StringComparer.Ordinal);

    /// <summary>The kept name of a key, if it is current.</summary>
    public ComposedKey? FindCurrent(string logical, GenerationSession session, DateTimeOffset now) =>
        _byLogical.TryGetValue(logical, out var key) && key.IsCurrent(session, now) ? key : null;

    /// <summary>The kept name of a key, if its generations stand.</summary>
    public ComposedKey? FindByGenerations(string logical, GenerationSession session) =>
        _byLogical.TryGetValue(logical, out var key) && key.HasGenerationsOf(session) ? key : null;

    /// <summary>The kept name of a key, current or not.</summary>
    public ComposedKey? Find(string logical) => _byLogical.GetValueOrDefault(logical);

    /// <summary>The key of a physical one, for the second tier, which knows only physical keys.</summary>
    public ComposedKey? FindByPhysical(string physical) => _byPhysical.GetValueOrDefault(physical);

    /// <summary>The rows that name a key: those of its tags, of <c>*</c> and of its slot.</summary>
    /// <param name="logical">The logical key, without a variant.</param>
    /// <param name="tags">Its tags, in any order.</param>
    public static string[] RowsOf(string logical, string[] tags)
    {
        foreach (var tag in tags)
        {
            CacheTags.Validate(tag);
            if (tag == CacheTags.Everything)
            {
                throw new ArgumentException("An entry cannot be tagged '*': that tag is every entry's.", nameof(tags));
            }
        }

        return
        [
            .. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            CacheTags.EverythingRow,
            CacheTags.SlotRowOf(logical),
        ];
    }

    /// <summary>Names a key by generations that were read before its value is computed.</summary>
    /// <param name="logical">The logical key, without a variant.</param>
    /// <param name="variant">Distinguishes the successors of a value that time made outdated; null for the value itself.</param>
    /// <param name="tags">The entry's tags.</param>
    /// <param name="identity">The database that the generations belong to.</param>
    /// <param name="rows">The rows, from <see cref="RowsOf"/>.</param>
    /// <param name="generations">Their generations, in the same order.</param>
    /// <param name="session">The session of the generations; null if they were queried for one read.</param>
    /// <param name="tagGenerations">The generations in memory; empty without a session.</param>
    /// <param name="now">The moment of the qualifier.</param>
    public ComposedKey Compose(
        string logical, string? variant, string[] tags, DatabaseIdentity identity, string[] rows, long[] generations,
        GenerationSession? session, TagGeneration[] tagGenerations, DateTimeOffset now)
    {
        var layer = layers.LayerOf(logical);
        var qualifier = layer.Qualifier?.Invoke(now) ?? ("", DateTimeOffset.MaxValue);
        var name = Hash(identity, rows, generations, qualifier.Value);
        if (variant is not null)
        {
            name = $"{name}~{variant}";
        }

        var fullLogical = FullLogicalOf(logical, variant);
        var physical = $"connect:{schema}:{logical}@{name}";

        // Concurrent readers with the same generations must share one key object, because it has the flight.
        var composed = new ComposedKey(
            layer, logical, physical, name, [.. tags], rows, generations, session, tagGenerations, qualifier.ValidUntil);
        if (session is null)
        {
            MakeRoom(_byPhysical);
            return _byPhysical.GetOrAdd(physical, composed);
        }

        if (_byLogical.TryGetValue(fullLogical, out var previous) && previous.Physical != physical)
        {
            _byPhysical.TryRemove(previous.Physical, out _);
        }

        MakeRoom(_byPhysical);
        MakeRoom(_byLogical);
        var kept = _byPhysical.AddOrUpdate(physical, composed, (_, existing) => existing.IsCurrent(session, now) ? existing : composed.InPlaceOf(existing));
        _byLogical[fullLogical] = kept;
        return kept;
    }

    // No key contains a control character, so no other key looks like a successor.
    private static string FullLogicalOf(string logical, string? variant) => variant is null ? logical : $"{logical}\n{variant}";

    private void MakeRoom(ConcurrentDictionary<string, ComposedKey> store)
    {
        if (store.Count >= capacity)
        {
            store.Clear();
        }
    }

    // 22 characters of Base64 hold 128 bits, so that two names of one key do not collide.
    private static string Hash(DatabaseIdentity identity, string[] rows, long[] generations, string qualifier)
    {
        var hash = new XxHash128();
        Span<byte> generation = stackalloc byte[8];
        Append(hash, generation, identity.System);
        Append(hash, generation, identity.Timeline);
        Append(hash, generation, identity.Database);
        for (var i = 0; i < rows.Length; i++)
        {
            Append(hash, generation, rows[i].Length);
            hash.Append(MemoryMarshal.AsBytes(rows[i].AsSpan()));
            Append(hash, generation, generations[i]);
        }

        hash.Append(MemoryMarshal.AsBytes(qualifier.AsSpan()));
        Span<byte> digest = stackalloc byte[16];
        hash.GetHashAndReset(digest);
        return Base64Url.EncodeToString(digest);
    }

    private static void Append(XxHash128 hash, Span<byte> buffer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
        hash.Append(buffer);
    }
}
