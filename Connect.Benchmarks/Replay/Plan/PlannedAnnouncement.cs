using Connect.Domain.Programs;

namespace Connect.Benchmarks.Replay.Plan;

/// <summary>An announcement of a planned board.</summary>
/// <param name="Number">Distinguishes it from all others, and decides what it is about.</param>
/// <param name="Board">Where it stands.</param>
/// <param name="PublishedAt">From when on.</param>
/// <param name="Deadline">The last moment to apply, as first announced.</param>
/// <param name="ExtendedAt">When its deadline is put off; null where it is not.</param>
internal sealed record PlannedAnnouncement(int Number, Agency Board, DateTimeOffset PublishedAt, DateTimeOffset Deadline, DateTimeOffset? ExtendedAt)
{
    /// <summary>By how much deadlines are put off.</summary>
    public static readonly TimeSpan Extension = TimeSpan.FromDays(7);

    /// <summary>The deadline as it stands on the board at a moment.</summary>
    public DateTimeOffset DeadlineAt(DateTimeOffset now) => ExtendedAt <= now ? Deadline + Extension : Deadline;

    /// <summary>Whether a crawl of the board finds it new or changed since the crawl before.</summary>
    public bool IsNewsBetween(DateTimeOffset before, DateTimeOffset now) =>
        (PublishedAt > before && PublishedAt <= now) || (ExtendedAt > before && ExtendedAt <= now);
}
