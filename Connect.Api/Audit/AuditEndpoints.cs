using Connect.Data.Model;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Audit;

/// <summary>A request of an administrator.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="At">When it came.</param>
/// <param name="UserId">The administrator.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Route">The route's template.</param>
/// <param name="Target">The route's values and the query parameters that it reads, percent-encoded.</param>
/// <param name="TraceId">The request's trace, for traces and logs.</param>
/// <param name="Status">The answer's HTTP status; null while the request is under way, or if the process died during it.</param>
/// <param name="CompletedAt">When the answer was complete.</param>
public sealed record AuditItem(
    Guid Id, DateTimeOffset At, Guid UserId, string Method, string Route, string Target, string TraceId, int? Status,
    DateTimeOffset? CompletedAt);

/// <summary><c>/api/admin/audit</c>.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/admin/audit", ListAsync).WithName("ListAudit").WithTags("Administration").RequireAuthorization(Caller.AdminPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("What administrators did, newest first.");

    private static Task<Results<Ok<Page<AuditItem>>, ValidationProblem>> ListAsync(
        ConnectDbContext context, CancellationToken cancellationToken, int limit = Paging.DefaultLimit, string? cursor = null) =>
        Paging.NewestFirstAsync(context.AuditEntries, limit, cursor, ToItem, item => item.Id, cancellationToken);

    private static AuditItem ToItem(AuditEntry entry) => new(
        entry.Id, entry.At.ToOffset(SeoulTime.Offset), entry.UserId, entry.Method, entry.Route, entry.Target, entry.TraceId, entry.Status,
        entry.CompletedAt?.ToOffset(SeoulTime.Offset));
}
