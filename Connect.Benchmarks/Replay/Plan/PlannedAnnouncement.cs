using Connect.Domain.Programs;

namespace Connect.Benchmarks.Replay.Plan;

/// <summary>An announcement of a planned board.</summary>
/// <param name="Number">Its number among all, which decides its text.</param>
/// <param name="Board">The board that lists it.</param>
/// <param name="PublishedAt">When it is published.</param>
/// <param name="Deadline">The last moment to apply, as first announced.</param>
/// <param name="ExtendedAt">When its deadline is extended; null for never.</param>
internal sealed record PlannedAnnouncement(int Number, Agency Board, DateTimeOffset PublishedAt, DateTimeOffset Deadline, DateTimeOffset? ExtendedAt)
{
    /// <summary>The extension of a deadline.</summary>
    public static readonly TimeSpan Extension = TimeSpan.FromDays(7);

    /// <summary>The deadline as it stands on the board at a moment.</summary>
    public DateTimeOffset DeadlineAt(DateTimeOffset now) => ExtendedAt <= now ? Deadline + Extension : Deadline;

    /// <summary>Whether a crawl of the board finds it new or changed since the crawl before.</summary>
    public bool IsNewsBetween(DateTimeOffset before, DateTimeOffset now) =>
        (PublishedAt > before && PublishedAt <= now) || (ExtendedAt > before && ExtendedAt <= now);
}
