using System.ComponentModel;

namespace Connect.Data.Caching;

/// <summary>A key that is not revoked, as a request has to know it.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="OrganizationId">The active organization whose key it is; null for an administrator's.</param>
/// <param name="AdministratorId">The administrator whose key it is; null for an organization's.</param>
/// <param name="Scope">What it opens.</param>
/// <param name="SecretHash">SHA-256 of its secret, in base 64.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="PreviousSecretHash">The hash before the last rotation; null for none.</param>
/// <param name="PreviousExpiresAt">When the secret before the last rotation expires.</param>
[ImmutableObject(true)]
public sealed record KeyAccess(
    Guid KeyId, Guid? OrganizationId, Guid? AdministratorId, ApiKeyScope Scope, string SecretHash, DateTimeOffset ExpiresAt,
    string? PreviousSecretHash, DateTimeOffset? PreviousExpiresAt);
