using Connect.Caching.Generations;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Http;

/// <summary>Answers 503 with <c>Retry-After</c> if the database cannot be reached and there is no last good value.</summary>
internal sealed class UnavailableExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    // The listener reconnects within a second of Postgres' return, and the poller polls at once.
    private const string RetryAfterSeconds = "3";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!PrimaryDatabase.IsUnreachable(exception))
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "The database cannot be reached",
                Type = Problems.TypeOf("database-unavailable"),
            },
        });
    }
}
