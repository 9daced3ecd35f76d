using Connect.Domain.Matching;

namespace Connect.Data.Model;

/// <summary>One change of the status, the reason or the note of a stored match; it goes with the match.</summary>
public sealed class MatchMarkChange
{
    /// <summary>The longest name of a status or reason.</summary>
    public const int MaxNameLength = 32;

    /// <summary>Version 7 UUID: ids sort by time.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid MatchId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The user who made the change; null for a program's key, and after the account was deleted.</summary>
    public Guid? UserId { get; set; }

    public User? User { get; set; }

    /// <summary>The key that made the change; null for a user, and after the key was removed.</summary>
    public Guid? KeyId { get; set; }

    public ApiKey? Key { get; set; }

    /// <summary>The status before; null for none.</summary>
    public MatchStatus? FromStatus { get; set; }

    /// <summary>The status since; null for none.</summary>
    public MatchStatus? ToStatus { get; set; }

    /// <summary>The reason since; null unless the match is dismissed.</summary>
    public DismissalReason? DismissalReason { get; set; }

    /// <summary>The note since; null for none.</summary>
    public string? Note { get; set; }
}
