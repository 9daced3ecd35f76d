namespace Connect.Caching.Generations;

/// <summary>How a process learned a generation.</summary>
internal enum GenerationSource
{
    /// <summary>It committed it itself.</summary>
    Own,

    /// <summary>A notification told it.</summary>
    Heard,

    /// <summary>A poll found it before a notification told it.</summary>
    Polled,
}

/// <summary>
/// The generation of a tag. Bumped in the transaction that changes the data behind the tag, never by itself,
/// and never deleted: an absent row means generation 0.
/// </summary>
public sealed class CacheGeneration
{
    public required string Tag { get; set; }

    public long Generation { get; set; }

    /// <summary>Transaction that bumped it last, for polls that read only what is new to them.</summary>
    public ulong Xid { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset BumpedAt { get; set; }
}
