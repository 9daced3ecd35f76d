using System.Security.Claims;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;

namespace Connect.Api.Http;

/// <summary>The caller of a request: a person who signed in, or a program with a key; with what it may do now.</summary>
internal sealed class CallerPrincipal : ClaimsPrincipal
{
    private readonly OrganizationRole? _role;

    private CallerPrincipal(Guid id, bool isAdministrator, Guid? organizationId, OrganizationRole? role)
        : base(new ClaimsIdentity(ClaimsOf(id, isAdministrator), nameof(Connect)))
    {
        Id = id;
        IsAdministrator = isAdministrator;
        OrganizationId = organizationId;
        _role = role;
    }

    /// <summary>The user's id; of an organization's key the key's, of an administrator's key the administrator's.</summary>
    public Guid Id { get; }

    /// <summary>The organization that the caller belongs to; null for none.</summary>
    public Guid? OrganizationId { get; }

    /// <summary>Whether the caller may do what administrators may, within <see cref="Scope"/>.</summary>
    public bool IsAdministrator { get; }

    /// <summary>The scope of a program's key; null for a person.</summary>
    public ApiKeyScope? Scope { get; private init; }

    /// <summary>The key of a program; null for a person.</summary>
    public Guid? KeyId { get; private init; }

    /// <summary>The session that a person's token belongs to; null for tokens of an issuer.</summary>
    public Guid? SessionId { get; private init; }

    /// <summary>When a person's token was issued; null for a program.</summary>
    public DateTimeOffset? IssuedAt { get; private init; }

    /// <summary>A person.</summary>
    /// <param name="access">What the user may do.</param>
    /// <param name="isAdministrator">Whether the token itself makes an administrator, as an issuer's may.</param>
    /// <param name="sessionId">The token's session; null for none.</param>
    /// <param name="issuedAt">When the token was issued; null where it does not say.</param>
    public static CallerPrincipal Person(UserAccess access, bool isAdministrator, Guid? sessionId, DateTimeOffset? issuedAt) =>
        new(access.UserId, access.IsAdministrator || isAdministrator, access.OrganizationId, access.Role)
        {
            SessionId = sessionId,
            IssuedAt = issuedAt,
        };

    /// <summary>A program with a key.</summary>
    public static CallerPrincipal Program(KeyAccess key) => key.AdministratorId is { } administratorId
        ? new(administratorId, isAdministrator: true, organizationId: null, role: null) { Scope = key.Scope, KeyId = key.KeyId }
        : new(key.KeyId, isAdministrator: false, key.OrganizationId, key.Scope == ApiKeyScope.Write ? OrganizationRole.Editor : OrganizationRole.Reader)
        {
            Scope = key.Scope,
            KeyId = key.KeyId,
        };

    /// <summary>The caller's role in an organization; null for strangers.</summary>
    public OrganizationRole? RoleIn(Guid organizationId) => OrganizationId == organizationId ? _role : null;

    private static Claim[] ClaimsOf(Guid id, bool isAdministrator)
    {
        var name = new Claim(ClaimTypes.NameIdentifier, id.ToString());
        return isAdministrator ? [name, new Claim(ClaimTypes.Role, User.AdminRole)] : [name];
    }
}
