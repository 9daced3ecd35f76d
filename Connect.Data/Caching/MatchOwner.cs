using System.ComponentModel;

namespace Connect.Data.Caching;

/// <summary>The organization and program of a match's id. They never change: the id is a function of both.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="OrganizationId">The organization.</param>
/// <param name="ProgramId">The program.</param>
[ImmutableObject(true)]
public sealed record MatchOwner(Guid MatchId, Guid OrganizationId, Guid ProgramId);
