using System.Collections.Immutable;
using Connect.Caching.Diagnostics;
using Connect.Data.Instances;
using Connect.Domain.Programs;

namespace Connect.Data.Operations;

/// <summary>All that the operations page shows at a moment.</summary>
/// <param name="ReadAt">When it was read.</param>
/// <param name="IsComplete">
/// False if the database could not be reached: then all data but this instance's own is from the last view.
/// </param>
/// <param name="Instances">The live instances.</param>
/// <param name="Totals">The sum over them, since each started.</param>
/// <param name="History">The last hour by minute and layer, oldest first; minutes without reads are not there.</param>
/// <param name="Evictions">The newest, newest first; fewer of single organizations, so that they do not displace the others.</param>
/// <param name="Scrapes">The newest runs, newest first.</param>
/// <param name="Changes">The newest new and changed programs, newest first.</param>
/// <param name="Warmings">The newest, newest first.</param>
/// <param name="Conflicts">Fields set by hand that boards have changed since, the latest first.</param>
/// <param name="Unsure">Open programs that nothing tells the kind of, the latest first.</param>
/// <param name="Pages">The kept pages of the suspicious runs among <paramref name="Scrapes"/>.</param>
/// <param name="Boards">The boards as workers have stored them, by agency.</param>
public sealed record OperationsView(
    DateTimeOffset ReadAt,
    bool IsComplete,
    ImmutableArray<LiveInstance> Instances,
    CacheSnapshot Totals,
    ImmutableArray<CacheMinute> History,
    ImmutableArray<EvictionEvent> Evictions,
    ImmutableArray<ScrapeRun> Scrapes,
    ImmutableArray<ProgramEvent> Changes,
    ImmutableArray<CacheWarming> Warmings,
    ImmutableArray<CorrectionConflict> Conflicts,
    ImmutableArray<UnsureProgram> Unsure,
    ImmutableArray<SuspiciousPage> Pages,
    ImmutableArray<Board> Boards)
{
    private const int MostUnclearRows = 20;

    /// <summary>Rows that the last run of each board could not read, or of which it did not understand the period in every part.</summary>
    public ImmutableArray<UnclearRow> UnclearRows { get; } =
    [
        .. Scrapes.Where(run => run.CompletedAt is not null).DistinctBy(run => run.Agency)
            .SelectMany(run => run.RowErrors, (run, text) => new UnclearRow(run.CompletedAt!.Value, run.Agency, text))
            .Take(MostUnclearRows),
    ];
}

/// <summary>The page that shows why a run is suspicious, without its text.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Reason">Why it is suspicious.</param>
/// <param name="Address">The page's path and query: foreign text.</param>
/// <param name="Findings">What the layout expects, and what the page has: foreign text.</param>
public sealed record SuspiciousPage(Guid RunId, Suspicion Reason, string Address, ImmutableArray<LayoutFinding> Findings);

/// <summary>A field that was set by hand and that the board has changed since.</summary>
/// <param name="At">When that was found.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="Title">Its title, as its board writes it: foreign text.</param>
/// <param name="Agency">Its agency.</param>
/// <param name="Field">The field.</param>
/// <param name="Value">What it was set to; null for no value.</param>
/// <param name="BoardValue">What the board says, which counts; null for no value.</param>
public sealed record CorrectionConflict(
    DateTimeOffset At, Guid ProgramId, string Title, Agency Agency, CorrectedField Field, string? Value, string? BoardValue);

/// <summary>A program of which nothing that the board gives tells whether one can apply.</summary>
/// <param name="At">When it was first read.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="Title">Its title, as its board writes it: foreign text.</param>
/// <param name="Agency">Its agency.</param>
public sealed record UnsureProgram(DateTimeOffset At, Guid ProgramId, string Title, Agency Agency);

/// <summary>A row of a board that somebody should look at.</summary>
/// <param name="At">When the run that read it ended.</param>
/// <param name="Agency">The board's agency.</param>
/// <param name="Text">The row and what is unclear: foreign text.</param>
public sealed record UnclearRow(DateTimeOffset At, Agency Agency, string Text);

/// <summary>One eviction.</summary>
/// <param name="Id">Ascending.</param>
/// <param name="At">When it was committed, by the database's clock.</param>
/// <param name="Tags">Tags, <c>*</c> for everything, <c>key</c> for single keys.</param>
/// <param name="Reason">Why, in a word.</param>
/// <param name="ScrapeRunId">The run that caused it, if one did.</param>
/// <param name="Agency">That run's board.</param>
public sealed record EvictionEvent(
    long Id, DateTimeOffset At, ImmutableArray<string> Tags, string Reason, Guid? ScrapeRunId, Agency? Agency);

/// <summary>A new program, or a change of a known one.</summary>
/// <param name="At">When.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="Title">Its title, as its board writes it: foreign text.</param>
/// <param name="Agency">Its agency.</param>
/// <param name="Kind">The changed part; null for a new program.</param>
/// <param name="ScrapeRunId">The run; null where it is not recorded, as for new programs.</param>
public sealed record ProgramEvent(
    DateTimeOffset At, Guid ProgramId, string Title, Agency Agency, ProgramChangeKind? Kind, Guid? ScrapeRunId);
