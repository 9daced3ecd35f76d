using System.ComponentModel.DataAnnotations;
using Connect.Domain.Organizations;

namespace Connect.Api.OrganizationAdministration;

/// <summary>An organization without what is personal.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Type">Company or research institute.</param>
/// <param name="Status">Whether it is deleted.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="DeactivatedAt">When it was deleted; null while it is active.</param>
/// <param name="RestorableUntil">Until when it can be restored; null while it is active.</param>
public sealed record AdministeredOrganization(
    Guid Id, OrganizationType Type, OrganizationStatus Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeactivatedAt,
    DateTimeOffset? RestorableUntil);

/// <summary>A restoration.</summary>
public sealed record RestoreRequest
{
    /// <summary>Mail address of the future owner, who is invited.</summary>
    [Required]
    [EmailAddress]
    [StringLength(254)]
    public string? OwnerEmail { get; init; }
}

/// <summary>A restored organization and the invitation to own it.</summary>
/// <param name="Organization">The organization, which has no members yet.</param>
/// <param name="InvitationId">The invitation.</param>
/// <param name="InvitationExpiresAt">Until when it can be accepted.</param>
public sealed record RestoredOrganization(AdministeredOrganization Organization, Guid InvitationId, DateTimeOffset InvitationExpiresAt);
