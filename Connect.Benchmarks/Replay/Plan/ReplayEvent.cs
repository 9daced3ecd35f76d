using Connect.Domain.Programs;

namespace Connect.Benchmarks.Replay.Plan;

/// <summary>An event of the replayed week.</summary>
/// <param name="At">When, in simulated time.</param>
internal abstract record ReplayEvent(DateTimeOffset At);

/// <summary>A request for an organization's matches.</summary>
/// <param name="At">When.</param>
/// <param name="Organization">Its place among the organizations.</param>
internal sealed record Check(DateTimeOffset At, int Organization) : ReplayEvent(At);

/// <summary>A change of an organization's profile.</summary>
/// <param name="At">When.</param>
/// <param name="Organization">Its place among the organizations.</param>
internal sealed record ProfileChange(DateTimeOffset At, int Organization) : ReplayEvent(At);

/// <summary>The schedule asks for a run of every board.</summary>
internal sealed record ScrapesDue(DateTimeOffset At) : ReplayEvent(At);

/// <summary>A board has been read to its end and is brought in.</summary>
internal sealed record ScrapeEnds(DateTimeOffset At, Agency Board) : ReplayEvent(At);

/// <summary>The hourly expiry of programs.</summary>
internal sealed record ExpiryDue(DateTimeOffset At) : ReplayEvent(At);

/// <summary>The schedule asks for the next day's rankings.</summary>
internal sealed record NextDayDue(DateTimeOffset At) : ReplayEvent(At);

/// <summary>A moment at which a queued warming can be due: the worker reads its queue.</summary>
internal sealed record WarmingLook(DateTimeOffset At) : ReplayEvent(At);
