using System.Globalization;
using System.Text.Json;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>Applies corrections to programs.</summary>
public static class Corrections
{
    private const string ListSeparator = " | ";

    /// <summary>
    /// Sets corrected fields of a program as a board states it, where the board still says what it did when they were corrected.
    /// Where it says something else, the program keeps that, and the correction becomes a conflict, unless the board has come to say
    /// what was set.
    /// </summary>
    /// <param name="program">The program as read from the board.</param>
    /// <param name="corrections">Its corrections.</param>
    /// <param name="rulesChanged">
    /// Whether other rules than before have classified it: then a classified field that differs is no change of the board's.
    /// </param>
    /// <param name="now">When the board was read.</param>
    public static void Apply(this FundingProgram program, IEnumerable<ProgramCorrection> corrections, bool rulesChanged, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(corrections);
        foreach (var correction in corrections.Where(correction => correction.ConflictAt is null))
        {
            var board = program.Read(correction.Field);
            if (board != correction.BoardValue)
            {
                correction.BoardValue = board;
                if (board != correction.Value && !(rulesChanged && correction.Field.IsClassified()))
                {
                    correction.ConflictAt = now;
                    continue;
                }
            }

            program.Write(correction.Field, correction.Value, now);
        }
    }

    /// <summary>
    /// Moves a program to its next round as <see cref="FundingProgram.MoveToNextRound"/> does. Where its deadline is set by hand, what the
    /// board says moves instead: the board states the same rounds as before, so its next one is no change of the board's.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="correction">Of its deadline; null where that was never set by hand.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether there is a next round.</returns>
    public static bool MoveToNextRound(this FundingProgram program, ProgramCorrection? correction, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (correction is null)
        {
            return program.MoveToNextRound(now);
        }

        var set = program.Deadline;
        program.Deadline = MomentOf(correction.BoardValue);
        var isMoved = program.MoveToNextRound(now);
        correction.BoardValue = program.Read(CorrectedField.Deadline);
        program.Deadline = correction.ConflictAt is null ? set : program.Deadline;
        return isMoved;
    }

    /// <summary>Whether a field is a result of classification, so that new rules can change it.</summary>
    public static bool IsClassified(this CorrectedField field) => field is not (CorrectedField.Deadline or CorrectedField.BudgetAmount);

    /// <summary>A field's present value as text; null for none.</summary>
    public static string? Read(this FundingProgram program, CorrectedField field)
    {
        ArgumentNullException.ThrowIfNull(program);
        return field switch
        {
            CorrectedField.Kind => program.Kind.ToString(),
            CorrectedField.Deadline => FieldChange.TextOf(program.Deadline),
            CorrectedField.BudgetAmount => program.BudgetAmount?.ToString(CultureInfo.InvariantCulture),
            CorrectedField.TargetTypes => Join(program.TargetTypes),
            _ => Join(program.Sectors),
        };
    }

    /// <summary>Sets a field to a value that <see cref="Read"/> gives, with all that follows from it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">The value.</param>
    /// <param name="now">The present moment: a program is open until its deadline.</param>
    public static void Write(this FundingProgram program, CorrectedField field, string? text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(program);
        switch (field)
        {
            case CorrectedField.Kind:
                program.Kind = Enum.Parse<ProgramKind>(text!);
                program.Evidence = [.. program.Evidence.Where(found => found.What != "kind"), ByHand("kind", program.Kind)];
                if (program.Status == ProgramStatus.Upcoming && program.Kind != ProgramKind.Notice)
                {
                    program.Status = ProgramStatus.Active;
                }

                break;
            case CorrectedField.Deadline:
                SetDeadline(program, MomentOf(text), now);
                break;
            case CorrectedField.BudgetAmount:
                program.BudgetAmount = text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);
                break;
            case CorrectedField.TargetTypes:
                program.TargetTypes = Split<OrganizationType>(text);
                program.Evidence = [.. program.Evidence.Where(found => found.What != "audience"), .. program.TargetTypes.Select(type => ByHand("audience", type))];
                break;
            default:
                program.Sectors = Split<Sector>(text);
                program.Traits = program.Traits with
                {
                    Sectors = [.. program.Sectors.Select(sector => new SectorEvidence(sector, []))],
                    SectorOrigin = program.Sectors.Count > 0 ? SectorOrigin.Words : SectorOrigin.None,
                };
                program.Evidence = [.. program.Evidence.Where(found => found.What != "sector"), .. program.Sectors.Select(sector => ByHand("sector", sector))];
                break;
        }
    }

    private static DateTimeOffset? MomentOf(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();

    // A board that has closed a program whose deadline has not passed means it.
    private static void SetDeadline(FundingProgram program, DateTimeOffset? deadline, DateTimeOffset now)
    {
        var wasOver = program.Deadline < now;
        program.Deadline = deadline;
        program.Status = (program.Status, deadline < now) switch
        {
            (ProgramStatus.Active or ProgramStatus.Upcoming, true) => ProgramStatus.Expired,
            (ProgramStatus.Expired, false) when wasOver =>
                program.Kind == ProgramKind.Notice && AdvanceNotices.IsAdvanceNotice(program.Title) ? ProgramStatus.Upcoming : ProgramStatus.Active,
            _ => program.Status,
        };
    }

    private static ClassificationEvidence ByHand<T>(string what, T value)
        where T : struct, Enum => new(what, JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()), [], EvidenceSource.Hand);

    private static string? Join<T>(List<T> values) => values.Count == 0 ? null : string.Join(ListSeparator, values);

    private static List<T> Split<T>(string? text)
        where T : struct, Enum => text is null ? [] : [.. text.Split(ListSeparator).Select(Enum.Parse<T>)];
}
