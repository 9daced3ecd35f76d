using System.ComponentModel;

namespace Connect.Data.Caching;

/// <summary>Who somebody is here whom an external issuer vouches for. That never changes.</summary>
/// <param name="UserId">The id of the user.</param>
[ImmutableObject(true)]
public sealed record ExternalUser(Guid UserId);
