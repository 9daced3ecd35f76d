namespace Connect.Caching.Layers;

/// <summary>Rules of tags, and the names of their rows.</summary>
public static class CacheTags
{
    /// <summary>HybridCache's tag for everything.</summary>
    public const string Everything = "*";

    /// <summary>Longest tag, in characters: <c>NOTIFY</c> carries at most 8,000 bytes.</summary>
    internal const int MaxLength = 200;

    /// <summary>The row of the generation of <c>*</c>.</summary>
    internal const string EverythingRow = "#*";

    /// <summary>Number of slots that keys are spread over for evictions of single keys.</summary>
    internal const int Slots = 1024;

    // Tags must not start with this character; rows of other generations do.
    private const char Reserved = '#';

    private const string SlotPrefix = "#slot:";

    /// <summary>Refuses texts that cannot be a tag.</summary>
    /// <exception cref="ArgumentException">
    /// It is blank, longer than 200 characters or reserved, or PostgreSQL cannot store it: it contains U+0000 or half a surrogate pair.
    /// </exception>
    public static void Validate(string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        if (tag.Length > MaxLength)
        {
            throw new ArgumentException($"A tag has at most {MaxLength} characters.", nameof(tag));
        }

        if (tag[0] == Reserved)
        {
            throw new ArgumentException($"Tags do not start with '{Reserved}'.", nameof(tag));
        }

        if (tag.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(tag))
        {
            throw new ArgumentException("A tag contains neither U+0000 nor half a surrogate pair.", nameof(tag));
        }
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            if (System.Text.Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    /// <summary>The row of a tag's generation; that of <c>*</c> has a reserved name.</summary>
    internal static string RowOf(string tag) => tag == Everything ? EverythingRow : tag;

    /// <summary>The row of a single key's generation, shared by about one key in 1,024.</summary>
    internal static string SlotRowOf(string key) =>
        $"{SlotPrefix}{System.IO.Hashing.XxHash32.HashToUInt32(System.Runtime.InteropServices.MemoryMarshal.AsBytes(key.AsSpan())) % Slots}";

    /// <summary>The tag of a row, for reports; <c>key</c> for rows of single keys.</summary>
    public static string TagOf(string row) => row switch
    {
        EverythingRow => Everything,
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
