namespace Connect.Data.Model;

/// <summary>
/// A write that succeeded, under the name that its caller gave it. Committed with the write itself: there is never one
/// without the other. Holds ids and hashes only, nothing of what was sent or answered.
/// </summary>
public sealed class IdempotencyKey
{
    public const int MaxLength = 200;
    public const int MaxOperationLength = 64;
    public const int HashLength = 64;

    /// <summary>How long a key is kept at least.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    public Guid UserId { get; set; }

    /// <summary>The caller's name for the write.</summary>
    public required string Key { get; set; }

    /// <summary>What was done, such as <c>organizations.create</c>.</summary>
    public required string Operation { get; set; }

    /// <summary>Keyed hash of the request: bodies hold what could be guessed from a plain one.</summary>
    public required string RequestHash { get; set; }

    /// <summary>What came of it.</summary>
    public List<Guid> ResultIds { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }
}
