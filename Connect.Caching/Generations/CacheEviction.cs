namespace Connect.Caching.Generations;

/// <summary>
/// One eviction in the log, written in the transaction that bumps the tags. Kept for a while, for information only.
/// </summary>
public sealed class CacheEviction
{
    public long Id { get; set; }

    /// <summary>Shortly before the commit, by the database's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The bumped rows: tags, <c>#*</c> for everything, <c>#slot:…</c> for single keys.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>Why, in a word.</summary>
    public required string Reason { get; set; }

    /// <summary>The cause's id, given by the application; null for none.</summary>
    public Guid? CauseId { get; set; }
}
