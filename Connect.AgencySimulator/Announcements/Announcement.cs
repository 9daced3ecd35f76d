using System.Collections.Immutable;

namespace Connect.AgencySimulator.Announcements;

/// <summary>The boards that are simulated.</summary>
internal enum Board
{
    NTIS,
    IITP,
    TIPA,
    KIMST,
    KEIT,
    IRIS,
}

/// <summary>The kind of an announcement; names as in the answers of the control API.</summary>
internal enum AnnouncementKind
{
    CALL,
    TRAINING,
    SURVEY,
    NOTICE,
    POLICY_STUDY,
    INFRASTRUCTURE,
    SUPPORT,
}

/// <summary>One announcement: its facts, and the words in which its board states them.</summary>
internal sealed record Announcement
{
    public required int Id { get; init; }

    public required Board Board { get; init; }

    /// <summary>The title as readers see it.</summary>
    public required string Title { get; init; }

    /// <summary>The title as HTML where it carries markup; else it is encoded from <see cref="Title"/>.</summary>
    public string? TitleHtml { get; init; }

    public required AnnouncementKind Kind { get; init; }

    public required string Ministry { get; init; }

    public required string Agency { get; init; }

    public string? Category { get; init; }

    /// <summary>The board's own word for its type, such as 지정공모; null where it states none.</summary>
    public string? BoardType { get; init; }

    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Paragraphs of the body.</summary>
    public required ImmutableArray<string> Body { get; init; }

    /// <summary>지원대상, as written.</summary>
    public string? Audience { get; init; }

    /// <summary>TRL, as written.</summary>
    public string? Trl { get; init; }

    public required BudgetText Budget { get; init; }

    public required DateOnly Published { get; init; }

    public required DateOnly Start { get; init; }

    public required DeadlineText Deadline { get; init; }

    /// <summary>Whether the board shows it as closed.</summary>
    public bool Closed { get; init; }

    public ImmutableArray<string> Attachments { get; init; } = [];

    /// <summary>Whether it can be applied for at this moment.</summary>
    public bool IsOpen(DateTimeOffset now) => PhaseAt(now) != Phase.Over;

    /// <summary>Where its applications stand at this moment.</summary>
    public Phase PhaseAt(DateTimeOffset now) => Phases.At(Closed, Start, Deadline.Last, now);
}

/// <summary>An amount, and its label and words on the page.</summary>
internal sealed record BudgetText(string Label, string Text, long? Won);

/// <summary>
/// A deadline, and its label and words on the page; no value for a rolling announcement or one without a deadline.
/// </summary>
internal sealed record DeadlineText(string Label, string Text, DateTimeOffset? Value)
{
    /// <summary>The end of a second round of applications; null where there is one round.</summary>
    public DateTimeOffset? SecondRound { get; init; }

    /// <summary>The end of the last round.</summary>
    public DateTimeOffset? Last => SecondRound ?? Value;

    /// <summary>The end of the round that ends next after this moment; of the last one where all are over.</summary>
    public DateTimeOffset? At(DateTimeOffset now) => SecondRound is { } second && Value < now ? second : Value;
}
