namespace Connect.Caching.Generations;

/// <summary>
/// One eviction, written in the transaction that carries it out: what the log says was evicted, was. Kept for a while, for
/// people; nothing is decided by it.
/// </summary>
public sealed class CacheEviction
{
    public long Id { get; set; }

    /// <summary>When it was about to be committed, by the database's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The rows of generations that it raised: tags, <c>#*</c> for everything, <c>#slot:…</c> for single keys.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>Why, in a word.</summary>
    public required string Reason { get; set; }

    /// <summary>What was the cause, by an id of the application's; null where it told none.</summary>
    public Guid? CauseId { get; set; }
}
