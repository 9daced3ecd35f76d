using Microsoft.AspNetCore.WebUtilities;

namespace Connect.Api.Http;

/// <summary>
/// Writes problems as JSON even if <c>Accept</c> asks for another type. The framework's writer writes nothing then, and
/// the answer would be plain text or empty.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Status ??= context.HttpContext.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        Problems.Complete(problem);
        return new ValueTask(context.HttpContext.Response.WriteAsJsonAsync(
            problem, problem.GetType(), options: null, contentType: "application/problem+json", context.HttpContext.RequestAborted));
    }
}
