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
public sealed record OperationsView(
    DateTimeOffset ReadAt,
    bool IsComplete,
    ImmutableArray<LiveInstance> Instances,
    CacheSnapshot Totals,
    ImmutableArray<CacheMinute> History,
    ImmutableArray<EvictionEvent> Evictions,
    ImmutableArray<ScrapeRun> Scrapes,
    ImmutableArray<ProgramEvent> Changes,
    ImmutableArray<CacheWarming> Warmings);

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
