using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Http;

/// <summary>The errors of the API: problem+json with stable types.</summary>
internal static class Problems
{
    private const string Prefix = "urn:connect:problem:";
    private const string Validation = "validation";

    /// <summary>Also for resources of others, so that ids cannot be probed.</summary>
    public static ProblemHttpResult NotFound(string what) => Create(StatusCodes.Status404NotFound, "not-found", $"{what} not found");

    /// <summary>The caller is known, and may not do this.</summary>
    public static ProblemHttpResult Forbidden(string title) => Create(StatusCodes.Status403Forbidden, "forbidden", title);

    public static ProblemHttpResult Conflict(string type, string title, string? detail = null) =>
        Create(StatusCodes.Status409Conflict, type, title, detail);

    /// <summary>The token is valid, and the sign-in too long ago for this request (RFC 9470).</summary>
    public static ProblemHttpResult SignInAgain() => Create(
        StatusCodes.Status401Unauthorized, "sign-in-again", "Sign in again", "The account has no password: the sign-in must not be older than five minutes.");

    /// <summary>The resource has none of the tags of <c>If-Match</c>; nothing was changed.</summary>
    public static ProblemHttpResult PreconditionFailed(string what, IfMatch ifMatch) => Create(
        StatusCodes.Status412PreconditionFailed, "precondition-failed", $"{what} has changed since it was read",
        ifMatch.HasAlteredTag
            ? "If-Match has the present tag as a proxy that compresses answers alters it: weak (W/\"…\") or with a suffix (\"…-gzip\"). Only the strong "
            + "tag matches: send it without W/ and suffix, or let the proxy leave tags as they are."
            : null);

    /// <summary>The idempotency key was used for another write.</summary>
    public static ProblemHttpResult IdempotencyKeyReused() => Create(
        StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "The idempotency key was used for another request");

    /// <summary>The caller sets <c>Retry-After</c>.</summary>
    public static ProblemHttpResult TooMany() => Create(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests");

    /// <summary>The mail is all that the request is for.</summary>
    public static ProblemHttpResult MailNotConfigured() => Create(
        StatusCodes.Status503ServiceUnavailable, "mail-not-configured", "No mail can be sent: no mail server is configured");

    public static ValidationProblem Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, type: TypeOf(Validation));

    public static string TypeOf(string type) => Prefix + type;

    /// <summary>Gives the framework's problems the types and field names of this API.</summary>
    public static void Complete(ProblemDetails problem)
    {
        if (problem is HttpValidationProblemDetails invalid)
        {
            problem.Type = TypeOf(Validation);
            invalid.Errors = invalid.Errors
                .GroupBy(error => FieldOf(error.Key), error => error.Value)
                .ToDictionary(group => group.Key, group => group.SelectMany(messages => messages).Distinct().ToArray());
        }
        else if (problem.Type?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            problem.Type = TypeOf(TypeOf(problem.Status));
        }
    }

    /// <summary>A field's name in JSON; Identity gives error codes (<c>PasswordTooShort</c>) instead of fields.</summary>
    private static string FieldOf(string key) => key switch
    {
        "InvalidEmail" or "DuplicateEmail" or "InvalidUserName" or "DuplicateUserName" => "email",
        _ when key.StartsWith("Password", StringComparison.Ordinal) && key.Length > "Password".Length => "password",
        _ => string.Join('.', key.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName)),
    };

    private static string TypeOf(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status409Conflict => "conflict",
        StatusCodes.Status412PreconditionFailed => "precondition-failed",
        StatusCodes.Status413PayloadTooLarge => "payload-too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        StatusCodes.Status504GatewayTimeout => "timeout",
        >= 400 and < 500 => "bad-request",
        _ => "internal",
    };

    private static ProblemHttpResult Create(int status, string type, string title, string? detail = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: TypeOf(type));
}
