using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Api.Http;

/// <summary>The caller's token is good, and its user is gone: tokens outlive users by up to an hour.</summary>
internal sealed class UnknownCallerException() : Exception("The caller does not exist any more.");

/// <summary>
/// Says in the caller's terms what only the database has refused: two requests at once both found that they may, or the
/// caller is gone. Identity looks before it writes, and is one of those who do not look again.
/// </summary>
internal sealed class RefusedWriteExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private const string UsersTable = "users";
    private const string KeysTable = "idempotency_keys";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Describe(exception) is not { } problem)
        {
            return false;
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails? Describe(Exception exception) => (exception, exception as PostgresException ?? exception.InnerException) switch
    {
        (UnknownCallerException, _) or (_, PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation, TableName: KeysTable }) =>
            new ProblemDetails { Status = StatusCodes.Status401Unauthorized, Title = "Unauthorized" },

        // The only thing of users that is one of its kind: what registration says of an address that is taken already.
        (_, PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: UsersTable }) =>
            new HttpValidationProblemDetails(new Dictionary<string, string[]> { ["email"] = ["The address is taken."] })
            {
                Status = StatusCodes.Status400BadRequest,
            },
        (DbUpdateConcurrencyException, _) or (_, PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }) => new ProblemDetails
        {
            Status = StatusCodes.Status409Conflict,
            Title = "Another request did the same at the same time",
            Type = Problems.TypeOf("conflict"),
        },
        _ => null,
    };
}
