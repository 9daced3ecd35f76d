using System.ComponentModel;

namespace Connect.Data.Caching;

/// <summary>The user of an external issuer's subject; it never changes.</summary>
/// <param name="UserId">The id of the user.</param>
[ImmutableObject(true)]
public sealed record ExternalUser(Guid UserId);
