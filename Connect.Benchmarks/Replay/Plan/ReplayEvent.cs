using Connect.Domain.Programs;

namespace Connect.Benchmarks.Replay.Plan;

/// <summary>Something that happens in the replayed week.</summary>
/// <param name="At">When, in simulated time.</param>
internal abstract record ReplayEvent(DateTimeOffset At);

/// <summary>Somebody asks for an organization's matches.</summary>
/// <param name="At">When.</param>
/// <param name="Organization">Its place among the organizations.</param>
internal sealed record Check(DateTimeOffset At, int Organization) : ReplayEvent(At);

/// <summary>Somebody changes what an organization works on.</summary>
/// <param name="At">When.</param>
/// <param name="Organization">Its place among the organizations.</param>
internal sealed record ProfileChange(DateTimeOffset At, int Organization) : ReplayEvent(At);

/// <summary>The schedule asks for a run of every board.</summary>
internal sealed record ScrapesDue(DateTimeOffset At) : ReplayEvent(At);

/// <summary>A board has been read to its end and is brought in.</summary>
internal sealed record ScrapeEnds(DateTimeOffset At, Agency Board) : ReplayEvent(At);

/// <summary>The hourly look for programs whose deadline has passed.</summary>
internal sealed record ExpiryDue(DateTimeOffset At) : ReplayEvent(At);

/// <summary>The schedule asks for the next day's rankings.</summary>
internal sealed record NextDayDue(DateTimeOffset At) : ReplayEvent(At);

/// <summary>A moment at which a queued warming can be due: the worker looks at its queue.</summary>
internal sealed record WarmingLook(DateTimeOffset At) : ReplayEvent(At);
