using Connect.Data.Model;

namespace Connect.Api.Identity.ApiKeys;

/// <summary>Whose keys a request is about: an organization's, or the calling administrator's.</summary>
/// <param name="OrganizationId">The organization; null for an administrator's.</param>
/// <param name="AdministratorId">The administrator; null for an organization's.</param>
/// <param name="CallerId">The caller, a user.</param>
internal readonly record struct KeyOwner(Guid? OrganizationId, Guid? AdministratorId, Guid CallerId)
{
    /// <summary>The scopes that its keys may have.</summary>
    public ApiKeyScope[] Scopes =>
        OrganizationId is null ? [ApiKeyScope.AdminRead, ApiKeyScope.AdminWrite] : [ApiKeyScope.Read, ApiKeyScope.Write];

    /// <summary>Its keys that are not revoked.</summary>
    public IQueryable<ApiKey> KeysOf(ConnectDbContext context)
    {
        var (organizationId, administratorId) = (OrganizationId, AdministratorId);
        return context.ApiKeys.Where(k => k.OrganizationId == organizationId && k.AdministratorId == administratorId && k.RevokedAt == null);
    }
}
