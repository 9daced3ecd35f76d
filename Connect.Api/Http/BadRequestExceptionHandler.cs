using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Http;

/// <summary>
/// Answers requests that could not be read with 400, in every environment; where the field is known, with a validation
/// error.
/// </summary>
internal sealed partial class BadRequestExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        httpContext.Response.StatusCode = bad.StatusCode;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = Describe(bad) });
    }

    private static ProblemDetails Describe(BadHttpRequestException bad)
    {
        if (bad.StatusCode == StatusCodes.Status400BadRequest && FindField(bad) is { } field)
        {
            return new HttpValidationProblemDetails(new Dictionary<string, string[]>
            {
                [field] = ["The value is missing, not of the expected form, or the field does not exist."],
            })
            {
                Status = bad.StatusCode,
            };
        }

        return new ProblemDetails { Status = bad.StatusCode, Title = "The request cannot be read", Detail = DetailOf(bad) };
    }

    // The field only, because the framework's messages name internal parameters and types.
    private static string? FindField(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException { Path: { Length: > 2 } path } => path[2..],
        JsonException => null,
        _ when Parameter().Match(bad.Message) is { Success: true } match => JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value),
        _ => null,
    };

    private static string DetailOf(BadHttpRequestException bad) =>
        bad.InnerException is JsonException ? "The body is not JSON of the expected form."
        : bad.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal) ? "A JSON body is needed."
        : bad.Message;

    [GeneratedRegex("^(?:Failed to bind|Required) parameter \"(?:[^\"]* )?([A-Za-z]+)\"")]
    private static partial Regex Parameter();
}
