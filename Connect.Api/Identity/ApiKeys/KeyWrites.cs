using Connect.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Identity.ApiKeys;

/// <summary>Makes, rotates and revokes keys: each change evicts what is cached of the key, in its transaction.</summary>
internal sealed class KeyWrites(CacheTransaction<ConnectDbContext> transaction, KeySecrets secrets, TimeProvider time)
{
    /// <summary>Most keys of one owner that are not revoked.</summary>
    public const int MaxKeys = 50;

    private const int DefaultDays = 365;
    private const int DefaultOverlapHours = 24;

    /// <summary>Makes a key; null where the owner is gone meanwhile, has too many keys, or one of this name.</summary>
    public async Task<KeySecretResponse?> CreateAsync(KeyOwner owner, CreateKeyRequest request, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var (text, hash) = await secrets.CreateAsync(id, cancellationToken);
        var made = await transaction.ExecuteAsync(
            async (context, token) =>
            {
                if (!await LockAsync(context, owner, token))
                {
                    return null;
                }

                var keys = owner.KeysOf(context);
                if (await keys.CountAsync(token) >= MaxKeys || await keys.AnyAsync(k => k.Name == request.Name, token))
                {
                    return null;
                }

                var now = time.GetUtcNow();
                var key = new ApiKey
                {
                    Id = id,
                    OrganizationId = owner.OrganizationId,
                    AdministratorId = owner.AdministratorId,
                    CreatedBy = owner.CallerId,
                    Name = request.Name!,
                    Scope = request.Scope!.Value,
                    SecretHash = hash,
                    CreatedAt = now,
                    ExpiresAt = now.AddDays(request.ExpiresInDays ?? DefaultDays),
                };
                context.ApiKeys.Add(key);
                return key;
            },
            cancellationToken);
        return made is null ? null : new KeySecretResponse(ToItem(made, time.GetUtcNow()), text);
    }

    /// <summary>Gives a key a new secret beside the present one, and ends the one before that; null for a key that is not the owner's.</summary>
    public async Task<KeySecretResponse?> RotateAsync(KeyOwner owner, Guid keyId, RotateKeyRequest request, CancellationToken cancellationToken)
    {
        var (text, hash) = await secrets.CreateAsync(keyId, cancellationToken);
        var rotated = await ChangeAsync(
            owner, keyId,
            (key, now) =>
            {
                (key.PreviousSecretHash, key.PreviousExpiresAt) = (key.SecretHash, now.AddHours(request.OverlapHours ?? DefaultOverlapHours));
                key.SecretHash = hash;
            },
            cancellationToken);
        return rotated is null ? null : new KeySecretResponse(ToItem(rotated, time.GetUtcNow()), text);
    }

    /// <summary>Ends a key for good; false for a key that is not the owner's.</summary>
    public async Task<bool> RevokeAsync(KeyOwner owner, Guid keyId, CancellationToken cancellationToken) =>
        await ChangeAsync(owner, keyId, static (key, now) => key.RevokedAt = now, cancellationToken) is not null;

    public static KeyItem ToItem(ApiKey key, DateTimeOffset now) => new(
        key.Id, key.Name, key.Scope, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.PreviousExpiresAt > now ? key.PreviousExpiresAt : null);

    private Task<ApiKey?> ChangeAsync(KeyOwner owner, Guid keyId, Action<ApiKey, DateTimeOffset> change, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            async (context, token) =>
            {
                if (!await LockAsync(context, owner, token) || await owner.KeysOf(context).SingleOrDefaultAsync(k => k.Id == keyId, token) is not { } key)
                {
                    return null;
                }

                change(key, time.GetUtcNow());
                return key;
            },
            cancellationToken);

    // Changes of one owner's keys take turns, and wait for its deletion: false if it is gone.
    private static async Task<bool> LockAsync(ConnectDbContext context, KeyOwner owner, CancellationToken cancellationToken) =>
        owner.OrganizationId is { } organizationId
            ? await context.Organizations
                .FromSql($"select *, xmin from organizations where id = {organizationId} and status = 'Active' for update")
                .AnyAsync(o => o.Status == OrganizationStatus.Active, cancellationToken)
            : await context.Users.FromSql($"select * from users where id = {owner.AdministratorId} for update").AnyAsync(cancellationToken);
}
