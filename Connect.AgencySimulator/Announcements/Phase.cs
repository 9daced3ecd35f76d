namespace Connect.AgencySimulator.Announcements;

/// <summary>Where the applications for an announcement stand.</summary>
internal enum Phase
{
    /// <summary>They have not begun.</summary>
    Upcoming,

    /// <summary>They are taken, or will be in a later round.</summary>
    Open,

    /// <summary>The last round has ended, or the board has closed the announcement.</summary>
    Over,
}

internal static class Phases
{
    /// <summary>Applications begin at midnight of their first day.</summary>
    public static DateTimeOffset Beginning(DateOnly start) => Wordings.At(start, 0, 0);

    /// <summary>The phase at this moment.</summary>
    public static Phase At(bool closed, DateOnly start, DateTimeOffset? end, DateTimeOffset now) =>
        closed || end <= now ? Phase.Over : Beginning(start) > now ? Phase.Upcoming : Phase.Open;
}
