using Connect.Api.RateLimits;
using Connect.Caching;
using Connect.Data.Accounts;
using Connect.Data.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Accounts;

/// <summary>A person's right to see and to delete what is kept.</summary>
internal static class AccountEndpoints
{
    private const string FileName = "connect-account.json";

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/auth/manage").WithTags("Identity").RequireAuthorization().RequireRateLimiting(RateLimiting.Login)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/export", ExportAsync).WithName("ExportAccount").WithSummary("Everything that is kept of the caller.");
        group.MapDelete("/account", DeleteAsync).WithName("DeleteAccount").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Deletes the caller's account and all personal data.");
    }

    private static async Task<Results<Ok<AccountExport>, ProblemHttpResult>> ExportAsync(ConnectDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        var export = await AccountExports.ReadAsync(context, Caller.IdOf(http.User), cancellationToken) ?? throw new UnknownCallerException();
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = FileName }.ToString();
        return TypedResults.Ok(export);
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> DeleteAsync(
        [FromBody] DeleteAccountRequest? request, [AsParameters] AccountDeletion deletion, HttpContext http, CancellationToken cancellationToken)
    {
        var user = await deletion.SignIn.UserManager.FindByIdAsync(Caller.IdOf(http.User).ToString()) ?? throw new UnknownCallerException();
        if (user.PasswordHash is null)
        {
            if (!deletion.Recent.IsProvenBy(http))
            {
                http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_user_authentication\", max_age=\"{RecentSignIn.MaxAge.TotalSeconds}\"";
                return Problems.SignInAgain();
            }
        }
        else if (string.IsNullOrEmpty(request?.Password))
        {
            return Problems.Invalid("password", "The account has a password, which is needed.");
        }
        else if (await deletion.SignIn.CheckPasswordSignInAsync(user, request.Password, lockoutOnFailure: true) is { Succeeded: false } refused)
        {
            // As login answers it.
            return TypedResults.Problem(refused.ToString(), statusCode: StatusCodes.Status401Unauthorized);
        }

        var outcome = await deletion.Transaction.ExecuteAsync(
            (context, token) => AccountRemoval.RemoveAsync(context, user.Id, token), cancellationToken);
        if (outcome == AccountRemovalOutcome.Removed)
        {
            AccountLog.Deleted(deletion.Logger, user.Id);
        }

        return outcome switch
        {
            AccountRemovalOutcome.Removed => TypedResults.NoContent(),
            AccountRemovalOutcome.LastOwner => Problems.Conflict(
                "last-owner", "The account is the last owner of its organization", "Make another member an owner, or delete the organization first."),
            AccountRemovalOutcome.OnlyMember => Problems.Conflict(
                "last-owner", "The account is the only member of its organization", "Delete the organization first: it would be without anybody."),
            AccountRemovalOutcome.LastAdministrator => Problems.Conflict(
                "last-administrator", "The account is the last administrator", "Make another account an administrator first."),
            _ => throw new UnknownCallerException(),
        };
    }
}

/// <summary>Services of a deletion.</summary>
internal readonly record struct AccountDeletion(
    SignInManager<User> SignIn, RecentSignIn Recent, CacheTransaction<ConnectDbContext> Transaction, ILogger<AccountDeletion> Logger);

/// <summary>The log of accounts: ids only.</summary>
internal static partial class AccountLog
{
    [LoggerMessage(1, LogLevel.Information, "Account {UserId} was deleted by its person")]
    public static partial void Deleted(ILogger logger, Guid userId);
}
