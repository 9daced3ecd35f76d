using Connect.Core.Classification;

namespace Connect.Core.Matching;

/// <summary>A call that passed, before its reasons are written: those are only wanted for the few that are returned.</summary>
internal readonly record struct MatchCandidate(
    int Row, int Score, long DeadlineTicks, Guid Id, int Industry, int Trl, int Rnd, int Deadline) : IComparable<MatchCandidate>
{
    /// <summary>A total order, so that nothing depends on the order of the input.</summary>
    public int CompareTo(MatchCandidate other)
    {
        var byScore = other.Score.CompareTo(Score);
        var byDeadline = byScore != 0 ? byScore : DeadlineTicks.CompareTo(other.DeadlineTicks);
        return byDeadline != 0 ? byDeadline : Id.CompareTo(other.Id);
    }

    public RankedMatch ToMatch(OrganizationFeatures organization, ProgramIndex index, Taxonomy taxonomy)
    {
        var call = index.Features[Row];
        return new(
            call.Program,
            new(Industry, Trl, MatchingAlgorithm.MaxType, Rnd, Deadline),
            MatchReasonWriter.Write(organization, call, taxonomy));
    }
}
