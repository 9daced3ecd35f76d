namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// An announcement as its board keeps it: what is needed to list, find and choose it. The words of an ordinary announcement
/// are written when they are asked for, because those of 100,000 announcements would fill the memory.
/// </summary>
internal sealed record Posting
{
    public required int Id { get; init; }

    public required Board Board { get; init; }

    /// <summary>The number of the ordinary announcement that is told; without meaning where <see cref="Odd"/> is set.</summary>
    public int Ordinal { get; init; }

    /// <summary>The announcement itself, if it is an odd one. It is held whole and never changes.</summary>
    public Announcement? Odd { get; init; }

    /// <summary>The day on which an ordinary announcement was published; null for those that were there at the start.</summary>
    public DateOnly? Announced { get; init; }

    /// <summary>What was changed about an ordinary announcement since; null where nothing was.</summary>
    public Amendment? Amendment { get; init; }

    public required DateOnly Published { get; init; }

    public required DateTimeOffset? Deadline { get; init; }

    public bool Closed { get; init; }

    /// <summary>Whether the announcement stands on its board twice: if one of them changed alone, they would be two announcements.</summary>
    public bool Twice { get; init; }

    /// <summary>When the detail page became what it is, in whole seconds, as HTTP tells it.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>The posting of an announcement that was there at the start.</summary>
    public static Posting Of(Announcement announcement) => new()
    {
        Id = announcement.Id,
        Board = announcement.Board,
        Published = announcement.Published,
        Deadline = announcement.Deadline.Value,
        Closed = announcement.Closed,
        Modified = Wordings.At(announcement.Published, 9, 0),
    };

    /// <summary>Whether time may do something to it: an ordinary announcement that stands once and can be applied for.</summary>
    public bool IsChangeable(DateTimeOffset now) => Odd is null && !Twice && !Closed && Deadline > now;
}
