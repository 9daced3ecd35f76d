using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Api.Http;

/// <summary>The token is valid and its user is deleted: tokens outlive users by up to an hour.</summary>
internal sealed class UnknownCallerException() : Exception("The caller does not exist any more.");

/// <summary>
/// Answers writes that a constraint of the database refused: of two concurrent requests the second one, or one of a
/// deleted user. Identity's endpoints check before they write, and do not handle such a refusal.
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

        // The mail address is the only unique column of users: answer like registration with an address that is taken.
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
