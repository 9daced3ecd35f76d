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

    private readonly Store _byLogical = new(capacity);
    private readonly Store _byPhysical = new(capacity);

    /// <summary>The kept name of a key, if it is current.</summary>
    public ComposedKey? FindCurrent(string logical, GenerationSession session, DateTimeOffset now) =>
        _byLogical.Find(logical) is { } key && key.IsCurrent(session, now) ? key : null;

    /// <summary>The kept name of a key, if its generations stand.</summary>
    public ComposedKey? FindByGenerations(string logical, GenerationSession session) =>
        _byLogical.Find(logical) is { } key && key.HasGenerationsOf(session) ? key : null;

    /// <summary>The kept name of a key, current or not.</summary>
    public ComposedKey? Find(string logical) => _byLogical.Find(logical);

    /// <summary>The key of a physical one, for the second tier, which knows only physical keys.</summary>
    public ComposedKey? FindByPhysical(string physical) => _byPhysical.Find(physical);

    /// <summary>The rows that name a key: those of its tags, of <c>*</c> and, last, of its slot.</summary>
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
            return _byPhysical.AddOrUpdate(physical, composed, static (_, existing) => existing);
        }

        if (_byLogical.Find(fullLogical) is { } previous && previous.Physical != physical)
        {
            _byPhysical.Remove(previous.Physical);
        }

        var kept = _byPhysical.AddOrUpdate(
            physical, composed, (added, existing) => existing.IsCurrent(session, now) ? existing : added.InPlaceOf(existing));
        return _byLogical.AddOrUpdate(fullLogical, kept, static (added, _) => added);
    }

    /// <summary>A key that is not kept, with a name that no other one has.</summary>
    public ComposedKey ComposeAlone(string logical)
    {
        var name = Guid.NewGuid().ToString("N");
        var rows = RowsOf(logical, []);
        return new(
            layers.LayerOf(logical), logical, $"connect:{schema}:{logical}@{name}", name, [], rows, new long[rows.Length], session: null, [],
            DateTimeOffset.MaxValue);
    }

    // No key contains a control character, so no other key looks like a successor.
    private static string FullLogicalOf(string logical, string? variant) => variant is null ? logical : $"{logical}\n{variant}";

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

    /// <summary>Keys by name, cleared when full.</summary>
    private sealed class Store(int capacity)
    {
        private readonly ConcurrentDictionary<string, ComposedKey> _keys = new(StringComparer.Ordinal);

        // The dictionary's own count would take all of its locks at each new key.
        private int _count;

        public ComposedKey? Find(string name) => _keys.TryGetValue(name, out var key) ? key : null;

        /// <param name="name">The name.</param>
        /// <param name="key">The key to add.</param>
        /// <param name="update">Chooses the one to keep, of the one to add and the one that is there.</param>
        public ComposedKey AddOrUpdate(string name, ComposedKey key, Func<ComposedKey, ComposedKey, ComposedKey> update)
        {
            if (Volatile.Read(ref _count) >= capacity)
            {
                _keys.Clear();
                Volatile.Write(ref _count, 0);
            }

            if (_keys.TryAdd(name, key))
            {
                Interlocked.Increment(ref _count);
                return key;
            }

            return _keys.AddOrUpdate(name, static (_, added) => added.Key, static (_, known, added) => added.Update(added.Key, known), (Key: key, Update: update));
        }

        public void Remove(string name)
        {
            if (_keys.TryRemove(name, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
