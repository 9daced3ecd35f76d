using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>Points by part; their sum is the score.</summary>
/// <param name="Industry">Industry and keywords, 0 to 30.</param>
/// <param name="Trl">Technology readiness, 0 to 20.</param>
/// <param name="Type">Kind of organization, 0 to 20.</param>
/// <param name="Rnd">R&amp;D experience, 0 to 15.</param>
/// <param name="Deadline">Nearness of the deadline, 0 to 15.</param>
[ImmutableObject(true)]
public sealed record ScoreBreakdown(int Industry, int Trl, int Type, int Rnd, int Deadline)
{
    /// <summary>The score, 0 to 100.</summary>
    public int Total => Industry + Trl + Type + Rnd + Deadline;
}

/// <summary>One reason of a score: a stable code and its details.</summary>
/// <param name="Code">Stable code, such as <c>SECTOR_MATCH</c>.</param>
/// <param name="Details">Words or numbers that the sentence needs, in the order that the code defines.</param>
[ImmutableObject(true)]
public sealed record MatchReason(string Code, ImmutableArray<string> Details);

/// <summary>A program in an organization's ranking, with points and reasons.</summary>
/// <param name="Program">The program.</param>
/// <param name="Breakdown">Points by part.</param>
/// <param name="Reasons">Why; explanations are derived from these and from <paramref name="Breakdown"/>.</param>
[ImmutableObject(true)]
public sealed record RankedMatch(ActiveProgram Program, ScoreBreakdown Breakdown, ImmutableArray<MatchReason> Reasons)
{
    /// <summary>The score, 0 to 100.</summary>
    public int Score => Breakdown.Total;
}
