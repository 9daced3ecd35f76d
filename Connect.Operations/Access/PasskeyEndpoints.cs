using System.Buffers.Text;
using System.Security.Claims;
using Connect.Caching;
using Connect.Data.Audit;
using Connect.Data.Model;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Connect.Operations.Access;

/// <summary>What the pages' forms send: to sign in with a passkey, to add one, and to remove one.</summary>
internal static partial class PasskeyEndpoints
{
    /// <summary>The page that lists a user's passkeys.</summary>
    public const string PagePath = "/ops/passkeys";

    /// <summary>The longest name of a passkey.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Maps the routes.</summary>
    /// <param name="app">The host.</param>
    /// <param name="signInLimit">The host's rate limiting policy for requests with a password.</param>
    public static void MapPasskeys(this IEndpointRouteBuilder app, string signInLimit)
    {
        var group = app.MapGroup("").RequireRateLimiting(signInLimit).WithMetadata(new RequireAntiforgeryTokenAttribute())
            .AddEndpointFilter(RefuseForged).ExcludeFromDescription();
        var open = group.MapGroup(OperationsCookie.SignInPath).AllowAnonymous();
        open.MapPost("/passkey-challenge", AskAsync);
        open.MapPost("/passkey", SignInAsync);
        var own = group.MapGroup(PagePath).RequireAuthorization(OperationsCookie.Policy);
        own.MapPost("/challenge", AskForNewAsync).DisableCookieRedirect();
        own.MapPost("/add", AddAsync).DisableCookieRedirect().WithMetadata(new AuditsAdministrators());
        own.MapPost("/remove", RemoveAsync).AllowCookieRedirect().WithMetadata(new AuditsAdministrators());
    }

    // The framework refuses by itself only where a form is bound.
    private static async ValueTask<object?> RefuseForged(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } ? await next(context) : TypedResults.BadRequest();

    private static async Task<ContentHttpResult> AskAsync(SignInManager<User> signIn) => Json(await signIn.MakePasskeyRequestOptionsAsync(null));

    private static async Task<Results<NoContent, UnauthorizedHttpResult>> SignInAsync(
        [FromForm] string credential, HttpContext http, OperationsSignIn signIn) =>
        await signIn.TryPasskeyAsync(http, credential) ? TypedResults.NoContent() : TypedResults.Unauthorized();

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult, UnauthorizedHttpResult>> AskForNewAsync(
        ClaimsPrincipal principal, SignInManager<User> signIn, OperationsAccess access)
    {
        if (!access.IsRecent(principal))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (await signIn.UserManager.GetUserAsync(principal) is not { } user)
        {
            return TypedResults.Unauthorized();
        }

        var name = user.Email ?? user.Id.ToString();
        return Json(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = user.Id.ToString(), Name = name, DisplayName = name }));
    }

    private static async Task<Results<NoContent, StatusCodeHttpResult, UnauthorizedHttpResult, BadRequest>> AddAsync(
        [FromForm] string name, [FromForm] string credential, HttpContext http, UserManager<User> users, OperationsAccess access,
        PasskeyVerifier verifier, ILogger<PasskeyVerifier> logger)
    {
        if (!access.IsRecent(http.User))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (await users.GetUserAsync(http.User) is not { } user)
        {
            return TypedResults.Unauthorized();
        }

        if (name.Trim() is not { Length: > 0 and <= MaxNameLength } trimmed || trimmed.Any(char.IsControl)
            || !await verifier.TryAddAsync(http, user, trimmed, credential))
        {
            return TypedResults.BadRequest();
        }

        Log.Added(logger, user.Id);
        return TypedResults.NoContent();
    }

    // Ends all of the user's sessions: one of them may belong to a thief of the authenticator.
    private static async Task<Results<RedirectHttpResult, UnauthorizedHttpResult, NotFound>> RemoveAsync(
        [FromForm] string id, HttpContext http, UserManager<User> users, CacheTransaction<ConnectDbContext> transaction, ConnectDbContext context,
        ILogger<PasskeyVerifier> logger)
    {
        if (await users.GetUserAsync(http.User) is not { } user)
        {
            return TypedResults.Unauthorized();
        }

        if (!Base64Url.IsValid(id) || Base64Url.DecodeFromChars(id) is not { } credentialId || await users.GetPasskeyAsync(user, credentialId) is null)
        {
            return TypedResults.NotFound();
        }

        await transaction.ExecuteOnceAsync(
            context,
            async _ => Check(await users.RemovePasskeyAsync(user, credentialId)) && Check(await users.UpdateSecurityStampAsync(user)),
            http.RequestAborted);
        await http.SignOutAsync(OperationsCookie.Scheme);
        Log.Removed(logger, user.Id);
        return TypedResults.LocalRedirect($"~{OperationsCookie.SignInPath}");
    }

    // Thrown, so that the transaction is rolled back.
    private static bool Check(IdentityResult result) =>
        result.Succeeded ? true : throw new Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException("The user was changed by another request.");

    private static ContentHttpResult Json(string options) => TypedResults.Content(options, "application/json");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Administrator {UserId} added a passkey")]
        public static partial void Added(ILogger logger, Guid userId);

        [LoggerMessage(2, LogLevel.Information, "Administrator {UserId} removed a passkey, which ended all sessions")]
        public static partial void Removed(ILogger logger, Guid userId);
    }
}
