using System.ComponentModel;

namespace Connect.Data.Caching;

/// <summary>Whose match an id names, and of which call. That never changes: the id is a function of both.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="OrganizationId">The organization.</param>
/// <param name="ProgramId">The call.</param>
[ImmutableObject(true)]
public sealed record MatchOwner(Guid MatchId, Guid OrganizationId, Guid ProgramId);
