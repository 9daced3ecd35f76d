using System.ComponentModel.DataAnnotations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Api.Corrections;

/// <summary>
/// Fields of a program to be set by hand: only those that are given are set. A field stays so until the board itself changes it.
/// </summary>
public sealed record ProgramCorrectionInput
{
    /// <summary>What the announcement is; only <c>CALL</c> is matched. Never null.</summary>
    public ProgramKind? Kind { get; init; }

    /// <summary>Last moment to apply, with its offset; null where it is not announced or rolling.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Whole KRW as a decimal string; null where it is not announced.</summary>
    [RegularExpression("[0-9]{1,18}", ErrorMessage = "An amount is 1 to 18 digits.")]
    public string? BudgetAmount { get; init; }

    /// <summary>Who may apply; empty or null means no restriction.</summary>
    [MaxLength(2)]
    public IReadOnlyList<OrganizationType>? TargetTypes { get; init; }

    /// <summary>At most two, the leading one first; empty or null means general.</summary>
    [MaxLength(2)]
    public IReadOnlyList<Sector>? Sectors { get; init; }

    /// <summary>Why they are set so.</summary>
    [Required]
    [StringLength(ProgramCorrection.MaxReasonLength)]
    public string? Reason { get; init; }
}

/// <summary>A field that was set by hand. Values are texts; lists are joined by " | ".</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="Field">The field, by its name in <see cref="ProgramCorrectionInput"/>.</param>
/// <param name="Value">What it was set to; null for no value.</param>
/// <param name="BoardValue">What the board says; null for no value.</param>
/// <param name="Reason">Why it was set.</param>
/// <param name="CorrectedBy">The administrator's id.</param>
/// <param name="CorrectedAt">When it was set.</param>
/// <param name="ConflictAt">When the board was found to have changed this field: its value counts since. Null while the correction counts.</param>
public sealed record ProgramCorrectionItem(
    Guid Id, Guid ProgramId, string Field, string? Value, string? BoardValue, string Reason, Guid CorrectedBy,
    DateTimeOffset CorrectedAt, DateTimeOffset? ConflictAt);

/// <summary>The corrections of one program.</summary>
/// <param name="Corrections">By field.</param>
public sealed record ProgramCorrectionsAnswer(IReadOnlyList<ProgramCorrectionItem> Corrections);
