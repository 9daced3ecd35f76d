using System.Collections.Immutable;
using System.ComponentModel;

namespace Connect.Domain.Organizations;

/// <summary>
/// The members of an organization, cached so that a cached answer can be authorized without a query.
/// </summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="UserIds">Its members' ids.</param>
[ImmutableObject(true)]
public sealed record OrganizationMembers(Guid OrganizationId, ImmutableArray<Guid> UserIds);
