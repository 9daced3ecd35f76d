using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>
/// An index of a list of programs. Rows are sorted by deadline (none last), then id, which is a ranking's order of
/// equal scores. A leaf holds programs that differ only in this order, so that a ranking visits only the first rows of
/// each leaf, and the programs that share a keyword.
/// </summary>
internal sealed class ProgramIndex
{
    private readonly FrozenDictionary<string, int[]> _byKeyword;
    private readonly ImmutableArray<Reach>[] _reaches;

    /// <summary>For a row that shares its program with others: all of them, the one to be kept first.</summary>
    private readonly FrozenDictionary<int, int[]> _twins;

    private readonly ConcurrentStack<RankingScratch> _scratches = new();

    internal ProgramIndex(
        ProgramFeatures[] features, RowFacts[] rows, SectorProfile[] sectors, ProgramSignature[] signatures, Leaf[][] leaves,
        FrozenDictionary<string, int[]> byKeyword, ImmutableArray<Reach>[] reaches, FrozenDictionary<int, int[]> twins)
    {
        Features = features;
        Rows = rows;
        Sectors = sectors;
        Signatures = signatures;
        Leaves = leaves;
        _byKeyword = byKeyword;
        _reaches = reaches;
        _twins = twins;
    }

    /// <summary>Programs that are alike in all but deadline and id.</summary>
    /// <param name="Signature">Their signature.</param>
    /// <param name="Rows">Their rows, ascending: the nearest deadline first.</param>
    internal readonly record struct Leaf(int Signature, int[] Rows);

    /// <summary>Sectors of programs that an organization sees without sharing a keyword.</summary>
    /// <param name="Sectors">Place in <see cref="ProgramIndex.Sectors"/>.</param>
    /// <param name="Industry">The industry points that they give.</param>
    internal readonly record struct Reach(int Sectors, int Industry);

    /// <summary>The features, row by row.</summary>
    public ProgramFeatures[] Features { get; }

    /// <summary>The facts that a ranking reads, row by row.</summary>
    public RowFacts[] Rows { get; }

    /// <summary>The distinct sector profiles.</summary>
    public SectorProfile[] Sectors { get; }

    /// <summary>The distinct signatures.</summary>
    public ProgramSignature[] Signatures { get; }

    /// <summary>The leaves of each sector profile.</summary>
    public Leaf[][] Leaves { get; }

    /// <summary>The rows of programs that hold a canonical keyword, ascending.</summary>
    public ReadOnlySpan<int> RowsOf(string keyword) => _byKeyword.TryGetValue(keyword, out var rows) ? rows : [];

    /// <summary>The sector profiles that a sector matches without a keyword, the most points first; empty without a sector.</summary>
    public ImmutableArray<Reach> ReachOf(Sector? sector) => sector is { } own ? _reaches[(int)own] : [];

    /// <summary>All rows of a row's program, the one to be kept first.</summary>
    public ReadOnlySpan<int> TwinsOf(int row) => _twins.TryGetValue(row, out var twins) ? twins : [];

    /// <summary>Working memory for one ranking; give it back with <see cref="Return"/>.</summary>
    public RankingScratch Rent() => _scratches.TryPop(out var scratch) ? scratch : new(Features.Length, Signatures.Length);

    public void Return(RankingScratch scratch)
    {
        scratch.Clear();
        _scratches.Push(scratch);
    }
}

/// <summary>The facts of a row that a ranking reads.</summary>
/// <param name="DeadlineTicks">UTC ticks of the deadline; the largest number where there is none.</param>
/// <param name="DeadlineDay">Its Seoul day; <see cref="NoDay"/> where there is none.</param>
/// <param name="Sectors">Place of its sector profile.</param>
/// <param name="Signature">Place of its signature.</param>
/// <param name="HasTwins">Whether other rows are the same program.</param>
internal readonly record struct RowFacts(long DeadlineTicks, int DeadlineDay, int Sectors, int Signature, bool HasTwins)
{
    public const int NoDay = int.MaxValue;

    public static RowFacts Of(DateTimeOffset? deadline, int sectors, int signature, bool hasTwins) => new(
        deadline?.UtcTicks ?? long.MaxValue, deadline is { } end ? SeoulTime.DateOf(end).DayNumber : NoDay, sectors, signature, hasTwins);

    /// <summary>Points of the deadline part on a Seoul day.</summary>
    public int DeadlinePoints(int today) => MatchingAlgorithm.Deadline(DeadlineDay == NoDay ? null : DeadlineDay - today);
}
