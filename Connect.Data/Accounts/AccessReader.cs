using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Domain.Organizations;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Accounts;

/// <summary>Reads through the cache what callers may do.</summary>
public sealed class AccessReader(HybridCache cache, IDbContextFactory<FailFastDbContext> contexts, TimeProvider time)
{
    // Compiled once: translating the expression takes longer than Postgres takes to answer it.
    private static readonly Func<FailFastDbContext, Guid, DateTimeOffset, CancellationToken, Task<UserRow?>> FindUser = EF.CompileAsyncQuery(
        (FailFastDbContext context, Guid id, DateTimeOffset endedAfter, CancellationToken _) => context.Users
            .Where(u => u.Id == id)
            .Select(u => new UserRow(
                context.UserRoles.Any(r => r.UserId == id && context.Roles.Any(role => role.Id == r.RoleId && role.Name == User.AdminRole)),
                u.Organization!.Status == OrganizationStatus.Active ? u.OrganizationId : null,
                u.OrganizationRole,
                u.LockoutEnabled ? u.LockoutEnd : null,
                context.UserSessions.Where(s => s.UserId == id && s.EndedAt > endedAfter).Select(s => s.Id).ToList()))
            .SingleOrDefault());

    private static readonly Func<FailFastDbContext, Guid, CancellationToken, Task<ApiKey?>> FindKey = EF.CompileAsyncQuery(
        (FailFastDbContext context, Guid id, CancellationToken _) => context.ApiKeys
            .Where(k => k.Id == id && k.RevokedAt == null)
            .Where(k => k.OrganizationId == null || context.Organizations.Any(o => o.Id == k.OrganizationId && o.Status == OrganizationStatus.Active))
            .SingleOrDefault());

    private readonly KnownEntries _users = new(CacheLayers.AccessOf);
    private readonly KnownEntries _keys = new(CacheLayers.KeyOf);

    /// <summary>What a user may do; null where there is none. An unknown id costs one query per half minute.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached and no cached answer may stand in.</exception>
    public ValueTask<UserAccess?> FindUserAsync(Guid userId, CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        _users.Of(userId), (Reader: this, userId), static (state, token) => state.Reader.ReadUserAsync(state.userId, token), cancellationToken);

    /// <summary>A key; null where there is none, or it was revoked.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached and no cached answer may stand in.</exception>
    public ValueTask<KeyAccess?> FindKeyAsync(Guid keyId, CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        _keys.Of(keyId), (Reader: this, keyId), static (state, token) => state.Reader.ReadKeyAsync(state.keyId, token), cancellationToken);

    private async ValueTask<UserAccess?> ReadUserAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var endedAfter = time.GetUtcNow() - UserSession.AccessLifetime - UserSession.AccessLifetime;
        if (await FindUser(context, userId, endedAfter, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        // A member without a role comes from a release that had none, where the creator was the only member.
        var role = row.OrganizationId is null ? (OrganizationRole?)null : row.Role ?? OrganizationRole.Owner;
        return new UserAccess(userId, row.IsAdministrator, row.OrganizationId, role, row.LockedOutUntil, [.. row.EndedSessions]);
    }

    private async ValueTask<KeyAccess?> ReadKeyAsync(Guid keyId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await FindKey(context, keyId, cancellationToken).ConfigureAwait(false) is { } key
            ? new KeyAccess(
                key.Id, key.OrganizationId, key.AdministratorId, key.Scope, Convert.ToBase64String(key.SecretHash), key.ExpiresAt,
                key.PreviousSecretHash is { } previous ? Convert.ToBase64String(previous) : null, key.PreviousExpiresAt)
            : null;
    }

    private sealed record UserRow(
        bool IsAdministrator, Guid? OrganizationId, OrganizationRole? Role, DateTimeOffset? LockedOutUntil, List<Guid> EndedSessions);
}
