using Connect.Domain.Organizations;

namespace Connect.Data.Model;

/// <summary>
/// An invitation to an organization that was neither accepted nor withdrawn: then its row is removed, and the address with it.
/// </summary>
public sealed class Invitation
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid OrganizationId { get; set; }

    /// <summary>The invited mail address.</summary>
    public required string Email { get; set; }

    /// <summary>The address as Identity compares it; unique in an organization.</summary>
    public required string NormalizedEmail { get; set; }

    /// <summary>The role that the invited person will have.</summary>
    public OrganizationRole Role { get; set; }

    /// <summary>SHA-256 of the link's token.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The member that invited; null after that account was deleted, or where an administrator did.</summary>
    public Guid? InvitedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
