using System.ComponentModel.DataAnnotations;
using Connect.Data.Model;

namespace Connect.Api.Identity.ApiKeys;

/// <summary>A new key.</summary>
public sealed record CreateKeyRequest
{
    /// <summary>A name for people, unique among the owner's keys; at most 100 characters.</summary>
    [Required]
    [StringLength(ApiKey.MaxNameLength, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>READ or WRITE for an organization's key, ADMIN_READ or ADMIN_WRITE for an administrator's.</summary>
    [Required]
    [EnumDataType(typeof(ApiKeyScope))]
    public ApiKeyScope? Scope { get; init; }

    /// <summary>Days until it expires, 1 to 730. Default 365.</summary>
    [Range(1, 730)]
    public int? ExpiresInDays { get; init; }
}

/// <summary>A key's rotation.</summary>
public sealed record RotateKeyRequest
{
    /// <summary>Hours for which the secret before stays good, 0 to 168. Default 24.</summary>
    [Range(0, 168)]
    public int? OverlapHours { get; init; }
}

/// <summary>A key, without its secret.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scope">What it opens.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="LastUsedAt">When it was used last, to some seconds; null if it never was.</param>
/// <param name="PreviousSecretExpiresAt">When the secret before the last rotation expires; null if only one is good.</param>
public sealed record KeyItem(
    Guid Id, string Name, ApiKeyScope Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? PreviousSecretExpiresAt);

/// <summary>A key with its secret, which is shown only now.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">What the program sends: <c>Authorization: Bearer ck_…</c>.</param>
public sealed record KeySecretResponse(KeyItem Key, string Secret);
