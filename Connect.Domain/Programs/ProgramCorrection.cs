namespace Connect.Domain.Programs;

/// <summary>A field of a program that an administrator can set by hand.</summary>
public enum CorrectedField
{
    Kind,
    Deadline,
    BudgetAmount,
    TargetTypes,
    Sectors,
}

/// <summary>
/// One field of a program that an administrator has set by hand. It outlives scrapes until the board changes that very field; from
/// then on the board's value counts, and the correction is a conflict that somebody has to look at. Values are texts as in
/// <see cref="FieldChange"/>; null is no value.
/// </summary>
public sealed class ProgramCorrection
{
    /// <summary>Most characters of a reason.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Version 7 UUID: ids sort by the time of the correction.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid ProgramId { get; set; }

    public CorrectedField Field { get; set; }

    /// <summary>The value that was set.</summary>
    public string? Value { get; set; }

    /// <summary>What the board says, as it is read or classified: at the time of the correction, or, of a conflict, since.</summary>
    public string? BoardValue { get; set; }

    /// <summary>Why it was set.</summary>
    public required string Reason { get; set; }

    /// <summary>The administrator.</summary>
    public Guid UserId { get; set; }

    public DateTimeOffset CorrectedAt { get; set; }

    /// <summary>When the board was found to say something else than at the time of the correction; null while the correction counts.</summary>
    public DateTimeOffset? ConflictAt { get; set; }
}
