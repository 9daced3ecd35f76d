using System.Collections.Immutable;
using Connect.Caching.Diagnostics;
using Connect.Data.Instances;
using Connect.Data.Model;
using Connect.Domain.Programs;

namespace Connect.Data.Operations;

/// <summary>What an operator sees of all processes at a moment.</summary>
/// <param name="ReadAt">When it was read.</param>
/// <param name="IsComplete">False where the database could not be asked: everything but the own node is what was known last.</param>
/// <param name="Nodes">The live processes.</param>
/// <param name="Totals">The sum over them, since each started.</param>
/// <param name="History">The last hour by minute and layer, oldest first; minutes without reads are not there.</param>
/// <param name="Evictions">The newest, newest first; of single organizations fewer, which would push the others out.</param>
/// <param name="Scrapes">The newest runs, newest first.</param>
/// <param name="Changes">What runs brought last, newest first.</param>
/// <param name="Warmings">The newest, newest first.</param>
public sealed record OperationsView(
    DateTimeOffset ReadAt,
    bool IsComplete,
    ImmutableArray<LiveInstance> Nodes,
    CacheSnapshot Totals,
    ImmutableArray<CacheMinute> History,
    ImmutableArray<EvictionEvent> Evictions,
    ImmutableArray<ScrapeRun> Scrapes,
    ImmutableArray<CallChange> Changes,
    ImmutableArray<CacheWarming> Warmings);

/// <summary>One eviction.</summary>
/// <param name="Id">Grows with each.</param>
/// <param name="At">When it was committed, by the database's clock.</param>
/// <param name="Tags">What was evicted: tags, <c>*</c> for everything, <c>key</c> for single keys.</param>
/// <param name="Reason">Why, in a word.</param>
/// <param name="ScrapeRunId">The run that caused it, if one did.</param>
/// <param name="Agency">That run's board.</param>
public sealed record EvictionEvent(
    long Id, DateTimeOffset At, ImmutableArray<string> Tags, string Reason, Guid? ScrapeRunId, Agency? Agency);

/// <summary>What a run brought: a call that was not known, or a change of one that was.</summary>
/// <param name="At">When.</param>
/// <param name="ProgramId">The call.</param>
/// <param name="Title">Its title, as its board writes it: foreign text.</param>
/// <param name="Agency">Its agency.</param>
/// <param name="Kind">What changed; null for a call that was not known.</param>
/// <param name="ScrapeRunId">The run; null where it is not recorded, as for new calls.</param>
public sealed record CallChange(
    DateTimeOffset At, Guid ProgramId, string Title, Agency Agency, ProgramChangeKind? Kind, Guid? ScrapeRunId);
