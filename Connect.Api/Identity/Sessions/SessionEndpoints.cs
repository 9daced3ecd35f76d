using Connect.Data.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity.Sessions;

/// <summary>A session that goes on.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Client">The program that signed in, as it calls itself; null where it did not.</param>
/// <param name="IsCurrent">Whether the request's token belongs to it.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When it was refreshed last, or began.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed.</param>
public sealed record SessionItem(
    Guid Id, string? Client, bool IsCurrent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt);

/// <summary>Signing out, and the list of sessions.</summary>
internal static class SessionEndpoints
{
    private const string What = "Session";

    public static void MapSessions(this RouteGroupBuilder group)
    {
        group.MapPost("/logout", LogoutAsync).WithName("Logout").RequireAuthorization().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Ends the session of the request's token: its access tokens and its refresh token are refused everywhere.");
        group.MapPost("/logout-everywhere", LogoutEverywhereAsync).WithName("LogoutEverywhere").RequireAuthorization()
            .WithSummary("Ends all sessions of the caller.");
        group.MapGet("/manage/sessions", ListAsync).WithName("ListSessions").RequireAuthorization()
            .WithSummary("The caller's sessions that go on, newest first.");
        group.MapDelete("/manage/sessions/{id:guid}", EndAsync).WithName("EndSession").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Ends one of the caller's sessions.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LogoutAsync(UserSessions sessions, HttpContext http)
    {
        var caller = Caller.Of(http);
        if (caller.SessionId is not { } current)
        {
            return Problems.Conflict("no-session", "The token belongs to no session here; an issuer's is ended at the issuer");
        }

        await sessions.EndAsync(caller.Id, session => session.Id == current, SessionEnd.SignedOut, http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, UnauthorizedHttpResult>> LogoutEverywhereAsync(
        UserManager<User> users, UserSessions sessions, HttpContext http)
    {
        var id = Caller.Of(http).Id;
        if (await users.FindByIdAsync(id.ToString()) is not { } user)
        {
            return TypedResults.Unauthorized();
        }

        // A new stamp also ends what has no session: the operations page, and tokens of links in mails.
        await users.UpdateSecurityStampAsync(user);
        await sessions.EndAsync(id, which: null, SessionEnd.EndedByUser, http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static Task<Results<Ok<Page<SessionItem>>, ValidationProblem>> ListAsync(
        ConnectDbContext context, TimeProvider time, HttpContext http, int limit = Paging.DefaultLimit, string? cursor = null)
    {
        var caller = Caller.Of(http);
        var now = time.GetUtcNow();
        return Paging.NewestFirstAsync(
            context.UserSessions.Where(s => s.UserId == caller.Id && s.EndedAt == null && s.ExpiresAt > now), limit, cursor,
            s => new SessionItem(s.Id, s.Client, s.Id == caller.SessionId, s.CreatedAt, s.LastUsedAt, s.ExpiresAt), item => item.Id,
            http.RequestAborted);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(Guid id, UserSessions sessions, HttpContext http) =>
        await sessions.EndAsync(Caller.Of(http).Id, session => session.Id == id, SessionEnd.EndedByUser, http.RequestAborted) > 0
            ? TypedResults.NoContent()
            : Problems.NotFound(What);
}
