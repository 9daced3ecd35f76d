using System.Security.Claims;
using Connect.Caching.Generations;
using Connect.Data.Audit;
using Connect.Data.Model;

namespace Connect.Api.Audit;

/// <summary>
/// Adds the answer's status to an audited request's entry, and counts refused requests. Runs before every middleware
/// that can still change the status.
/// </summary>
internal sealed partial class AuditOutcomeMiddleware(RequestDelegate next, AuditLog log, AuditMetrics metrics, ILogger<AuditOutcomeMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var hasFailed = true;
        try
        {
            await next(context);
            hasFailed = false;
        }
        finally
        {
            var status = hasFailed && !context.Response.HasStarted ? StatusCodes.Status500InternalServerError : context.Response.StatusCode;
            if (context.Features.Get<AuditEntry>() is { } entry)
            {
                await EndAsync(entry, status);
            }
            else if (status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
                && context.GetEndpoint() is { } endpoint && AuditMiddleware.IsAdministrative(endpoint))
            {
                NoteRefusal(context, endpoint, status);
            }
        }
    }

    private async Task EndAsync(AuditEntry entry, int status)
    {
        try
        {
            await log.EndAsync(entry.Id, status);
        }
        catch (Exception exception) when (exception is OperationCanceledException || PrimaryDatabase.IsUnreachable(exception))
        {
            // The request is carried out and answered. Its entry stays without a status, so the log gets it.
            Log.OutcomeLost(logger, exception, entry.Id, status);
        }
    }

    private void NoteRefusal(HttpContext context, Endpoint endpoint, int status)
    {
        metrics.Refused(context.Request.Method, status);

        // 401 is not logged: every expired token would make a line.
        if (status == StatusCodes.Status403Forbidden)
        {
            Log.Refused(logger, context.User.FindFirstValue(ClaimTypes.NameIdentifier), context.Request.Method, AuditMiddleware.RouteOf(endpoint));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Request {EntryId} of an administrator ended with {Status}, which is missing in the audit trail")]
        public static partial void OutcomeLost(ILogger logger, Exception exception, Guid entryId, int status);

        [LoggerMessage(2, LogLevel.Warning, "User {UserId} is no administrator and was refused {Method} {Route}")]
        public static partial void Refused(ILogger logger, string? userId, string method, string route);
    }
}
