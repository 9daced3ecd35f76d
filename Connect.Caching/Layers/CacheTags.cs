namespace Connect.Caching.Layers;

/// <summary>What may be a tag, and the names of the rows that count evictions.</summary>
public static class CacheTags
{
    /// <summary>HybridCache's tag for everything.</summary>
    public const string Everything = "*";

    /// <summary>Longest tag, in characters: <c>NOTIFY</c> carries at most 8,000 bytes.</summary>
    public const int MaxLength = 200;

    /// <summary>Number of slots that keys are spread over for evictions of single keys.</summary>
    internal const int Slots = 1024;

    // Tags never start with this character; generations that are not tags' do.
    private const char Reserved = '#';

    private const string EverythingName = "#*";
    private const string SlotPrefix = "#slot:";

    /// <summary>Refuses what cannot be a tag.</summary>
    /// <exception cref="ArgumentException">Blank, longer than 200 characters or of the reserved names.</exception>
    public static void Validate(string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        if (tag.Length > CacheTags.MaxLength)
        {
            throw new ArgumentException($"A tag has at most {CacheTags.MaxLength} characters.", nameof(tag));
        }

        if (tag[0] == Reserved)
        {
            throw new ArgumentException($"Tags do not start with '{Reserved}'.", nameof(tag));
        }
    }

    /// <summary>The row that counts evictions of a tag; <c>*</c> has a name of its own.</summary>
    internal static string RowOf(string tag) => tag == Everything ? EverythingName : tag;

    /// <summary>The row that counts evictions of everything.</summary>
    internal static string EverythingRow => EverythingName;

    /// <summary>The row that counts evictions of single keys: about one key in 1,024 shares it.</summary>
    internal static string SlotRowOf(string key) =>
        $"{SlotPrefix}{System.IO.Hashing.XxHash32.HashToUInt32(System.Runtime.InteropServices.MemoryMarshal.AsBytes(key.AsSpan())) % Slots}";

    /// <summary>What a row counts, for people: the tag, <c>*</c> for everything, <c>key</c> for single keys.</summary>
    public static string TagOf(string row) => row switch
    {
        EverythingName => Everything,
        _ when row.StartsWith(SlotPrefix, StringComparison.Ordinal) => "key",
        _ => row,
    };

    /// <summary>The tag's family, for metrics: <c>org:…</c> is <c>org</c>.</summary>
    internal static string FamilyOf(string tag)
    {
        var colon = tag.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? tag : tag[..colon];
    }
}
