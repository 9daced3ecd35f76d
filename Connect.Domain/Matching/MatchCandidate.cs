using Connect.Domain.Classification;

namespace Connect.Domain.Matching;

/// <summary>A program that passed the gates, without reasons: these are written only for the returned ones.</summary>
/// <param name="Row">Its row in the index, where rows stand in the order of deadline (none last), then id.</param>
/// <param name="Industry">Points of the industry part.</param>
/// <param name="Trl">Points of the readiness part.</param>
/// <param name="Rnd">Points of the experience part.</param>
/// <param name="Deadline">Points of the deadline part.</param>
internal readonly record struct MatchCandidate(int Row, int Industry, int Trl, int Rnd, int Deadline) : IComparable<MatchCandidate>
{
    public int Score => Industry + Trl + MatchingAlgorithm.MaxType + Rnd + Deadline;

    /// <summary>
    /// A total order: score descending, deadline ascending (none last), id ascending. The last two are the order of
    /// rows, so nothing depends on the order of the input.
    /// </summary>
    public int CompareTo(MatchCandidate other)
    {
        var byScore = other.Score.CompareTo(Score);
        return byScore != 0 ? byScore : Row.CompareTo(other.Row);
    }

    public RankedMatch ToMatch(OrganizationFeatures organization, ProgramFeatures program, Taxonomy taxonomy) => new(
        program.Program, new(Industry, Trl, MatchingAlgorithm.MaxType, Rnd, Deadline), MatchReasonWriter.Write(organization, program, taxonomy));
}
