namespace Connect.Data.Model;

/// <summary>
/// The key of a write that succeeded, committed in the write's transaction. It holds ids and hashes only, nothing of
/// the request's or the answer's body.
/// </summary>
public sealed class IdempotencyKey
{
    public const int MaxLength = 200;
    public const int MaxOperationLength = 64;
    public const int HashLength = 64;

    /// <summary>Shortest time that a key is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    public Guid UserId { get; set; }

    /// <summary>The client's key for the write.</summary>
    public required string Key { get; set; }

    /// <summary>The operation, such as <c>organizations.create</c>.</summary>
    public required string Operation { get; set; }

    /// <summary>Keyed hash of the request: from a plain hash, values in bodies could be guessed.</summary>
    public required string RequestHash { get; set; }

    /// <summary>Ids of the rows that the answer names.</summary>
    public List<Guid> ResultIds { get; set; } = [];

    /// <summary>HTTP status of the answer, for writes that have several; null for those that have one.</summary>
    public int? ResultStatus { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
