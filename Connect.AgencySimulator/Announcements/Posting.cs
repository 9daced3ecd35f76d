namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// An announcement as its board keeps it: the data to list, find and choose it. The text of an ordinary announcement is
/// written on demand, because that of 100,000 announcements would fill the memory.
/// </summary>
internal sealed record Posting
{
    public required int Id { get; init; }

    public required Board Board { get; init; }

    /// <summary>The number of an ordinary announcement; without meaning where <see cref="Odd"/> is set.</summary>
    public int Ordinal { get; init; }

    /// <summary>The announcement itself, if it is an odd one. It is held whole and never changes.</summary>
    public Announcement? Odd { get; init; }

    /// <summary>The day on which an ordinary announcement was published; null for those that were there at the start.</summary>
    public DateOnly? Announced { get; init; }

    /// <summary>The changes of an ordinary announcement since then; null for none.</summary>
    public Amendment? Amendment { get; init; }

    public required DateOnly Published { get; init; }

    /// <summary>The first day of applications.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The end of the last round of applications.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    public bool Closed { get; init; }

    /// <summary>
    /// Whether the board has the announcement twice. Such a pair never changes: changing one would make it another
    /// announcement.
    /// </summary>
    public bool Twice { get; init; }

    /// <summary>When the detail page changed last, in whole seconds, as in <c>Last-Modified</c>.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>The posting of an announcement that was there at the start.</summary>
    public static Posting Of(Announcement announcement) => new()
    {
        Id = announcement.Id,
        Board = announcement.Board,
        Published = announcement.Published,
        Start = announcement.Start,
        Deadline = announcement.Deadline.Last,
        Closed = announcement.Closed,
        Modified = Wordings.At(announcement.Published, 9, 0),
    };

    /// <summary>
    /// Whether <see cref="BoardStore.Advance"/> may choose it: an ordinary, open announcement that the board has once.
    /// </summary>
    public bool IsChangeable(DateTimeOffset now) => Odd is null && !Twice && !Closed && Deadline > now;

    /// <summary>Where its applications stand at this moment.</summary>
    public Phase PhaseAt(DateTimeOffset now) => Phases.At(Closed, Start, Deadline, now);

    /// <summary>When it enters another phase without a change by the board; null for never.</summary>
    public DateTimeOffset? NextPhase(DateTimeOffset now) => PhaseAt(now) switch
    {
        Phase.Upcoming => Phases.Beginning(Start),
        Phase.Open => Deadline,
        _ => null,
    };
}
