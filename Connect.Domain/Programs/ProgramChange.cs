using System.Collections.Immutable;
using System.Globalization;

namespace Connect.Domain.Programs;

/// <summary>Kind of a program's change.</summary>
public enum ProgramChangeKind
{
    /// <summary>Its content differs.</summary>
    Changed,

    /// <summary>No board has it any more.</summary>
    Vanished,

    /// <summary>It was closed, and is open again.</summary>
    Reopened,

    /// <summary>An administrator set fields by hand, or gave them back to the board.</summary>
    Corrected,

    /// <summary>The call that was announced in advance has come.</summary>
    Opened,
}

/// <summary>One change of a known program, with old and new values.</summary>
public sealed class ProgramChange
{
    public long Id { get; set; }

    public Guid ProgramId { get; set; }

    /// <summary>The run that found it; null where an administrator made it, or where a round ended and the next one counts.</summary>
    public Guid? RunId { get; set; }

    public ProgramChangeKind Kind { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The fields that differ.</summary>
    public ImmutableArray<FieldChange> Fields { get; set; } = [];
}

/// <summary>One field before and after.</summary>
/// <param name="Field">Its name in the database, for example <c>deadline</c>.</param>
/// <param name="Old">As text; null where there was nothing.</param>
/// <param name="New">As text; null where there is nothing any more.</param>
public sealed record FieldChange(string Field, string? Old, string? New)
{
    /// <summary>A moment as a field's text: ISO 8601 in Seoul, to the second.</summary>
    public static string? TextOf(DateTimeOffset? moment) =>
        moment?.ToOffset(SeoulTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
