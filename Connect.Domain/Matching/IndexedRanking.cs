using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>
/// Ranks programs through their index: first the programs that share a keyword, one by one, then the leaves that match
/// the organization's sector, each only as far as its rows can still enter the ranking. The result is that of
/// <see cref="ReferenceScan"/>.
/// </summary>
internal readonly ref struct IndexedRanking
{
    private readonly OrganizationFeatures _organization;
    private readonly ProgramIndex _index;
    private readonly RankingScratch _scratch;
    private readonly Taxonomy _taxonomy;
    private readonly TopMatches _top;
    private readonly DateOnly _today;
    private readonly long _now;

    private IndexedRanking(
        OrganizationFeatures organization, ProgramIndex index, RankingScratch scratch, Taxonomy taxonomy, TopMatches top, DateTimeOffset now)
    {
        (_organization, _index, _scratch, _taxonomy, _top) = (organization, index, scratch, taxonomy, top);
        _today = SeoulTime.DateOf(now);
        _now = now.UtcTicks;
    }

    public static TopMatches Rank(OrganizationFeatures organization, ProgramIndex index, DateTimeOffset now, int take, Taxonomy taxonomy)
    {
        var top = new TopMatches(take);
        var scratch = index.Rent();
        try
        {
            var ranking = new IndexedRanking(organization, index, scratch, taxonomy, top, now);
            ranking.CountShared();
            ranking.RankShared();
            ranking.RankReached();
            return top;
        }
        finally
        {
            index.Return(scratch);
        }
    }

    private void CountShared()
    {
        foreach (var keyword in _organization.Keywords)
        {
            foreach (var row in _index.RowsOf(keyword.Canonical))
            {
                _scratch.Count(row, keyword);
            }
        }
    }

    private void RankShared()
    {
        foreach (var row in _scratch.Touched)
        {
            if (TryScore(row, out var candidate) && _top.Admits(candidate) && !IsRepeated(row))
            {
                _top.Add(candidate);
            }
        }
    }

    private void RankReached()
    {
        foreach (var (sectors, industry) in _index.ReachOf(_organization.Profile.Sector))
        {
            // Later entries give fewer points, so none can enter from here on.
            if (!CanEnter(industry + MatchingAlgorithm.MaxTrl + MatchingAlgorithm.MaxDeadline))
            {
                return;
            }

            if (!IsExcluded(_index.Sectors[sectors]))
            {
                foreach (var leaf in _index.Leaves[sectors])
                {
                    RankLeaf(leaf, industry);
                }
            }
        }
    }

    private void RankLeaf(in ProgramIndex.Leaf leaf, int industry)
    {
        var (isOpen, trl) = _scratch.VerdictOf(leaf.Signature, _organization, _index, _today);
        if (!isOpen || !CanEnter(industry + trl + MatchingAlgorithm.MaxDeadline))
        {
            return;
        }

        // Rows of a leaf come in the ranking's own order: the first that can't enter ends it.
        for (var place = FirstOpen(leaf.Rows); place < leaf.Rows.Length; place++)
        {
            var row = leaf.Rows[place];
            var candidate = new MatchCandidate(row, industry, trl, _organization.Rnd, _index.Rows[row].DeadlinePoints(_today.DayNumber));
            if (candidate.Score < MatchingAlgorithm.MinimumScore || !_top.Admits(candidate))
            {
                return;
            }

            if (_scratch.SharedOf(row).IsNone && !IsRepeated(row))
            {
                _top.Add(candidate);
            }
        }
    }

    private bool TryScore(int row, out MatchCandidate candidate)
    {
        candidate = default;
        ref readonly var facts = ref _index.Rows[row];
        if (facts.DeadlineTicks < _now)
        {
            return false;
        }

        var (isOpen, trl) = _scratch.VerdictOf(facts.Signature, _organization, _index, _today);
        if (!isOpen)
        {
            return false;
        }

        var (industry, hidden) = MatchScoring.Industry(_organization, _index.Sectors[facts.Sectors], _scratch.SharedOf(row), _taxonomy);
        candidate = new(row, industry, trl, _organization.Rnd, facts.DeadlinePoints(_today.DayNumber));
        return hidden == HiddenReasons.None && candidate.Score >= MatchingAlgorithm.MinimumScore;
    }

    private bool IsRepeated(int row)
    {
        if (!_index.Rows[row].HasTwins)
        {
            return false;
        }

        foreach (var twin in _index.TwinsOf(row))
        {
            if (twin == row || TryScore(twin, out _))
            {
                return twin != row;
            }
        }

        return false;
    }

    private bool CanEnter(int variablePoints)
    {
        var score = variablePoints + MatchingAlgorithm.MaxType + _organization.Rnd;
        return score >= MatchingAlgorithm.MinimumScore && _top.AdmitsScore(score);
    }

    private bool IsExcluded(in SectorProfile program) =>
        _organization.Excluded != 0
        && MatchScoring.Industry(_organization, program, SharedKeywords.None, _taxonomy).Hidden != HiddenReasons.None;

    private int FirstOpen(int[] rows)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_index.Rows[rows[middle]].DeadlineTicks < _now)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
