using Connect.Domain.Programs;

namespace Connect.Benchmarks.Replay.Plan;

/// <summary>Something that happens in the replayed week, at a moment of simulated time.</summary>
internal abstract record ReplayEvent(DateTimeOffset At);

/// <summary>Somebody asks for the matches of the organization at a place among all.</summary>
internal sealed record Check(DateTimeOffset At, int Organization) : ReplayEvent(At);

/// <summary>Somebody changes what the organization at a place works on.</summary>
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
