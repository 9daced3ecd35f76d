namespace Connect.Caching.Generations;

/// <summary>How an instance learned a generation.</summary>
internal enum GenerationSource
{
    /// <summary>Its own transaction committed it.</summary>
    Own,

    /// <summary>By a notification.</summary>
    Heard,

    /// <summary>By a poll, before a notification.</summary>
    Polled,
}

/// <summary>
/// The generation of a tag. Bumped in the transaction that changes the data behind the tag, never by itself,
/// and never deleted: an absent row means generation 0.
/// </summary>
internal sealed class CacheGeneration
{
    public required string Tag { get; set; }

    public long Generation { get; set; }

    /// <summary>The transaction that bumped it last, so that polls read only newer ones.</summary>
    public ulong Xid { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset BumpedAt { get; set; }
}
