namespace Connect.Data.Model;

/// <summary>
/// One call of an administrator that could change something. Written before the call is carried out; what became of it
/// is added afterwards, so that an entry without a status says that the process died over it.
/// </summary>
public sealed class AuditEntry
{
    public const int MaxMethodLength = 16;
    public const int MaxRouteLength = 200;
    public const int MaxTargetLength = 1_000;
    public const int MaxTraceLength = 128;

    /// <summary>Version 7 UUID: ids sort by time.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>When the call came.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who called. Not a foreign key: what somebody did outlives their account.</summary>
    public Guid UserId { get; set; }

    public required string Method { get; set; }

    /// <summary>The route's template, such as <c>/api/admin/cache/tags/{tag}</c>.</summary>
    public required string Route { get; set; }

    /// <summary>The values in it, and those of the query that the route reads, escaped as in an address; never a body.</summary>
    public required string Target { get; set; }

    /// <summary>Where to look in traces and logs.</summary>
    public required string TraceId { get; set; }

    /// <summary>The answer's status; null while the call is under way, and for good where the process died over it.</summary>
    public int? Status { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}
