using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Identity.Sessions;

/// <summary>Begins, refreshes and ends sessions, by a context whose transaction is open.</summary>
internal sealed partial class UserSessions(ConnectDbContext context, TimeProvider time, ILogger<UserSessions> logger)
{
    /// <summary>Begins a session; returns its id.</summary>
    /// <param name="userId">Who signed in.</param>
    /// <param name="client">The program, as it calls itself; empty where it does not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Guid> BeginAsync(Guid userId, string client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            UserId = userId,
            Client = string.IsNullOrWhiteSpace(client) ? null : client[..Math.Min(client.Length, UserSession.MaxClientLength)],
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = now + UserSession.RefreshLifetime,
        };
        context.UserSessions.Add(session);
        await context.SaveChangesAsync(cancellationToken);
        return session.Id;
    }

    /// <summary>
    /// Uses a refresh token up; false where it is not good. One that was used before ends the session: of two who have it, one is a thief,
    /// and it cannot be told which (RFC 9700, 4.14.2).
    /// </summary>
    public async Task<bool> TryRefreshAsync(Guid sessionId, Guid userId, int sequence, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var refreshed = await context.UserSessions
            .Where(s => s.Id == sessionId && s.UserId == userId && s.Sequence == sequence && s.EndedAt == null && s.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Sequence, s => s.Sequence + 1).SetProperty(s => s.LastUsedAt, now)
                    .SetProperty(s => s.ExpiresAt, now + UserSession.RefreshLifetime),
                cancellationToken);
        if (refreshed == 1)
        {
            return true;
        }

        if (await EndAsync(userId, s => s.Id == sessionId && s.Sequence > sequence, SessionEnd.TokenReused, cancellationToken) > 0)
        {
            Log.Reused(logger, userId, sessionId);
        }

        return false;
    }

    /// <summary>Ends a user's sessions that go on, and evicts what the user may do; returns how many ended.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="which">Which of them; null for all.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int> EndAsync(
        Guid userId, System.Linq.Expressions.Expression<Func<UserSession, bool>>? which, SessionEnd reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await context.UserSessions.Where(s => s.UserId == userId && s.EndedAt == null).Where(which ?? (static _ => true))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason), cancellationToken);
        if (ended > 0)
        {
            context.EvictTags(EvictionReasons.Changed, ConnectTags.User(userId));
        }

        return ended;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A refresh token of user {UserId} was used twice; its session {SessionId} has ended")]
        public static partial void Reused(ILogger logger, Guid userId, Guid sessionId);
    }
}
