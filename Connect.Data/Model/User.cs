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
}
