using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Http;

/// <summary>The errors that the API answers with: problem+json with stable types.</summary>
internal static class Problems
{
    private const string Prefix = "urn:connect:problem:";

    /// <summary>Also for what exists and is not the caller's: ids cannot be probed.</summary>
    public static ProblemHttpResult NotFound(string what) => Create(StatusCodes.Status404NotFound, "not-found", $"{what} not found");

    public static ProblemHttpResult Conflict(string type, string title) => Create(StatusCodes.Status409Conflict, type, title);

    public static ValidationProblem Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, type: TypeOf("validation"));

    public static string TypeOf(string type) => Prefix + type;

    private static ProblemHttpResult Create(int status, string type, string title) =>
        TypedResults.Problem(statusCode: status, title: title, type: TypeOf(type));
}
