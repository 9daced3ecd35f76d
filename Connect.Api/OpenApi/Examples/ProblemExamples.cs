using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Connect.Api.OpenApi.Examples;

/// <summary>Examples of errors, completed by the same code as real ones.</summary>
internal static class ProblemExamples
{
    // Errors of single operations.
    private static readonly Dictionary<(string Operation, int Status), IReadOnlyDictionary<string, ProblemDetails>> OfOperations = new()
    {
        [("CreateOrganization", StatusCodes.Status409Conflict)] = Conflict(
            "organization-exists", "The caller already belongs to an organization, or the business number is known"),
        [("GenerateMatches", StatusCodes.Status409Conflict)] = ProfileIncomplete(),
        [("ListOrganizationMatches", StatusCodes.Status409Conflict)] = ProfileIncomplete(),
        [("UpdateMember", StatusCodes.Status409Conflict)] = LastOwner(),
        [("RemoveMember", StatusCodes.Status409Conflict)] = LastOwner(),
        [("InviteMember", StatusCodes.Status409Conflict)] = Conflict("already-member", "The address is a member's"),
        [("AcceptInvitation", StatusCodes.Status409Conflict)] = Conflict("organization-exists", "The caller already belongs to an organization"),
        [("ManageTwoFactor", StatusCodes.Status409Conflict)] = Conflict("conflict", "Another request did the same at the same time"),
        [("DeleteAccount", StatusCodes.Status409Conflict)] = Conflict("last-owner", "The account is the last owner of its organization"),
        [("CreateScrape", StatusCodes.Status409Conflict)] = Conflict("board-switched-off", "No worker reads the board of KIMST"),
        [("ForgotPassword", StatusCodes.Status503ServiceUnavailable)] = NoMail(),
        [("ResendConfirmationEmail", StatusCodes.Status503ServiceUnavailable)] = NoMail(),
        [("UpdateAccount", StatusCodes.Status503ServiceUnavailable)] = NoMail(),
    };

    /// <summary>The examples that all operations share.</summary>
    public static IReadOnlyDictionary<string, ProblemDetails> Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Examples(
            ("fields", new HttpValidationProblemDetails(new Dictionary<string, string[]> { ["limit"] = [$"The limit is 1 to {Paging.MaxLimit}."] })
            {
                Status = status,
            }),
            ("unreadable", new ProblemDetails
            {
                Status = status,
                Title = "The request cannot be read",
                Detail = "The body is not JSON of the expected form.",
            })),
        StatusCodes.Status404NotFound => Examples(("unknown", new ProblemDetails { Status = status, Title = "Organization not found" })),
        StatusCodes.Status422UnprocessableEntity => Examples(("key", new ProblemDetails
        {
            Status = status,
            Title = "The idempotency key was used for another request",
            Type = Problems.TypeOf("idempotency-key-reused"),
        })),
        StatusCodes.Status503ServiceUnavailable => Examples(("database", new ProblemDetails
        {
            Status = status,
            Title = "The database cannot be reached",
            Type = Problems.TypeOf("database-unavailable"),
        })),
        StatusCodes.Status504GatewayTimeout => Examples(("slow", new ProblemDetails
        {
            Status = status,
            Title = "The answer took too long",
            Type = Problems.TypeOf("timeout"),
        })),
        _ => Examples(("usual", new ProblemDetails { Status = status, Title = ReasonPhrases.GetReasonPhrase(status) })),
    };

    /// <summary>The examples of one operation besides the shared ones.</summary>
    public static IReadOnlyDictionary<string, ProblemDetails> OfOperation(string operation, int status) =>
        OfOperations.GetValueOrDefault((operation, status)) ?? new Dictionary<string, ProblemDetails>();

    private static Dictionary<string, ProblemDetails> ProfileIncomplete() => Conflict(
        "profile-incomplete", "The profile needs a sector, a focus area or a key technology before programs can be matched");

    private static Dictionary<string, ProblemDetails> NoMail() => new(Of(StatusCodes.Status503ServiceUnavailable))
    {
        ["mail"] = Problems.MailNotConfigured().ProblemDetails,
    };

    private static Dictionary<string, ProblemDetails> LastOwner() =>
        Conflict("last-owner", "The organization needs an owner: make another member one first");

    private static Dictionary<string, ProblemDetails> Conflict(string type, string title) =>
        Examples((type, new ProblemDetails { Status = StatusCodes.Status409Conflict, Title = title, Type = Problems.TypeOf(type) }));

    private static Dictionary<string, ProblemDetails> Examples(params (string Name, ProblemDetails Problem)[] examples)
    {
        foreach (var (_, problem) in examples)
        {
            Problems.Complete(problem);
        }

        return examples.ToDictionary(example => example.Name, example => example.Problem);
    }
}
