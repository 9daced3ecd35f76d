namespace Connect.Domain.Matching;

/// <summary>
/// Working memory of one ranking, pooled with the index. Clearing it visits only the touched rows, not all programs.
/// </summary>
internal sealed class RankingScratch(int rows, int signatures)
{
    private readonly SharedKeywords[] _shared = new SharedKeywords[rows];
    private readonly int[] _touched = new int[rows];
    private readonly Verdict[] _verdicts = new Verdict[signatures];
    private int _touchedCount;

    /// <summary>The rows that share a keyword, in no order.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    /// <summary>The keywords that a row shares.</summary>
    public SharedKeywords SharedOf(int row) => _shared[row];

    public void Count(int row, OwnKeyword keyword)
    {
        ref var shared = ref _shared[row];
        if (shared.IsNone)
        {
            _touched[_touchedCount++] = row;
        }

        shared = shared.Plus(keyword);
    }

    /// <summary>Whether a signature is open to the organization, and its readiness points; worked out once.</summary>
    public (bool IsOpen, int Trl) VerdictOf(int signature, OrganizationFeatures organization, ProgramIndex index, DateOnly today)
    {
        ref var verdict = ref _verdicts[signature];
        if (!verdict.IsKnown)
        {
            ref readonly var program = ref index.Signatures[signature];
            verdict = new(
                IsKnown: true,
                EligibilityGates.Check(organization, program, today) == HiddenReasons.None,
                (byte)MatchingAlgorithm.Trl(organization.Level, program.MinTrl, program.MaxTrl));
        }

        return (verdict.IsOpen, verdict.Trl);
    }

    public void Clear()
    {
        foreach (var row in Touched)
        {
            _shared[row] = SharedKeywords.None;
        }

        _touchedCount = 0;
        Array.Clear(_verdicts);
    }

    private readonly record struct Verdict(bool IsKnown, bool IsOpen, byte Trl);
}
