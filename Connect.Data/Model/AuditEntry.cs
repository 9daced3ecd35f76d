namespace Connect.Data.Model;

/// <summary>
/// One request of an administrator that could change something. Written before the request is carried out; the status
/// is added afterwards, so that an entry without one means that the process died or the status could not be stored.
/// </summary>
public sealed class AuditEntry
{
    public const int MaxMethodLength = 16;
    public const int MaxRouteLength = 200;
    public const int MaxTargetLength = 1_000;
    public const int MaxTraceLength = 128;

    /// <summary>Version 7 UUID: ids sort by time.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>When the request came.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The administrator. Not a foreign key: entries outlive accounts.</summary>
    public Guid UserId { get; set; }

    public required string Method { get; set; }

    /// <summary>The route's template, such as <c>/api/admin/cache/tags/{tag}</c>.</summary>
    public required string Route { get; set; }

    /// <summary>The route's values and the query parameters that it reads, percent-encoded; never a body.</summary>
    public required string Target { get; set; }

    /// <summary>The request's trace, for traces and logs.</summary>
    public required string TraceId { get; set; }

    /// <summary>The answer's HTTP status; null while the request is under way.</summary>
    public int? Status { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}
