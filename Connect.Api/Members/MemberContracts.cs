using System.ComponentModel.DataAnnotations;
using Connect.Domain.Organizations;

namespace Connect.Api.Members;

/// <summary>A member of an organization.</summary>
/// <param name="Id">The user.</param>
/// <param name="Email">The mail address; null for users of an external issuer.</param>
/// <param name="Role">What the member may do.</param>
/// <param name="IsCurrent">Whether it is the caller.</param>
public sealed record MemberItem(Guid Id, string? Email, OrganizationRole Role, bool IsCurrent);

/// <summary>A change of a member.</summary>
public sealed record MemberInput
{
    /// <summary>The member's new role.</summary>
    [Required]
    public OrganizationRole? Role { get; init; }
}

/// <summary>An invitation of one person.</summary>
public sealed record InvitationInput
{
    /// <summary>The invited mail address.</summary>
    [Required]
    [EmailAddress]
    [StringLength(254)]
    public string? Email { get; init; }

    /// <summary>The role of the member to be.</summary>
    [Required]
    public OrganizationRole? Role { get; init; }
}

/// <summary>An invitation that can be accepted. Its token is in the mail alone.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Email">The invited mail address.</param>
/// <param name="Role">The role of the member to be.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
public sealed record InvitationItem(Guid Id, string Email, OrganizationRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>The acceptance of an invitation.</summary>
public sealed record AcceptanceInput
{
    /// <summary>The token of the mail's link: what follows <c>#token=</c>.</summary>
    [Required]
    [StringLength(100)]
    public string? Token { get; init; }
}

/// <summary>What the caller belongs to now.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Role">The caller's role in it.</param>
public sealed record Membership(Guid OrganizationId, OrganizationRole Role);
