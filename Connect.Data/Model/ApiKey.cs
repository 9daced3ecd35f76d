namespace Connect.Data.Model;

/// <summary>
/// A program's key, of an organization or of an administrator. Its secret is shown once and kept as a hash.
/// </summary>
public sealed class ApiKey
{
    public const int MaxNameLength = 100;

    /// <summary>Bytes of a hash.</summary>
    public const int HashLength = 32;

    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>The organization whose data it opens; null for an administrator's key.</summary>
    public Guid? OrganizationId { get; set; }

    /// <summary>The administrator whose key it is, and whose rights bound it; null for an organization's key.</summary>
    public Guid? AdministratorId { get; set; }

    /// <summary>The member that made an organization's key; null after that account was deleted.</summary>
    public Guid? CreatedBy { get; set; }

    /// <summary>A name for people, unique among the owner's keys that are not revoked.</summary>
    public required string Name { get; set; }

    public ApiKeyScope Scope { get; set; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] SecretHash { get; set; }

    /// <summary>SHA-256 of the secret before the last rotation, good until <see cref="PreviousExpiresAt"/>; null for none.</summary>
    public byte[]? PreviousSecretHash { get; set; }

    public DateTimeOffset? PreviousExpiresAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used last, to the minute; null if it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>What a key opens; <see cref="Write"/> and <see cref="AdminWrite"/> include reading.</summary>
public enum ApiKeyScope
{
    /// <summary>Reads what a reader of the organization may read.</summary>
    Read,

    /// <summary>Changes what an editor of the organization may change.</summary>
    Write,

    /// <summary>Reads what administrators may read.</summary>
    AdminRead,

    /// <summary>Does what administrators may do.</summary>
    AdminWrite,
}
