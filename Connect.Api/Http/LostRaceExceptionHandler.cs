using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Api.Http;

/// <summary>
/// Answers who lost a race that nobody looked for: two requests at once both found that they may, and the database let one
/// of them. Identity looks before it writes, and is one of those who do not look again.
/// </summary>
internal sealed class LostRaceExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private const string Users = "users";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Describe(exception) is not { } problem)
        {
            return false;
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails? Describe(Exception exception) => exception switch
    {
        // The only thing of users that is one of its kind: what registration says of an address that is taken already.
        DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: Users } } =>
            new HttpValidationProblemDetails(new Dictionary<string, string[]> { ["email"] = ["The address is taken."] })
            {
                Status = StatusCodes.Status400BadRequest,
            },
        DbUpdateConcurrencyException or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } =>
            new ProblemDetails
            {
                Status = StatusCodes.Status409Conflict,
                Title = "Another request did the same at the same time",
                Type = Problems.TypeOf("conflict"),
            },
        _ => null,
    };
}
