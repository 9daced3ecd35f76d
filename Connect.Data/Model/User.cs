using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Identity;

namespace Connect.Data.Model;

/// <summary>A person who signs in. Belongs to at most one organization.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>The role of administrators.</summary>
    public const string AdminRole = "Admin";

    /// <summary>The organization that the user belongs to; null for none.</summary>
    public Guid? OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    /// <summary>
    /// What the user may do in the organization. Null without one; a null beside an organization, which a release without roles
    /// writes, stands for its creator: <see cref="OrganizationRole.Owner"/>.
    /// </summary>
    public OrganizationRole? OrganizationRole { get; set; }

    /// <summary>
    /// Time step (RFC 6238) of the last authenticator code that was accepted: it and earlier ones are not accepted again. Null before the
    /// first.
    /// </summary>
    public long? LastCodeStep { get; set; }

    /// <summary>
    /// Time at which the last challenge that one of the user's passkeys has answered was made: it and earlier ones are not accepted again.
    /// Null before the first.
    /// </summary>
    public DateTimeOffset? LastChallengeAt { get; set; }
}
