using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>Classifies a stored program again.</summary>
public static class StoredClassification
{
    /// <summary>
    /// Classifies the program's stored text and stated facts, and replaces its classification. A program that is not over becomes
    /// upcoming if it is an advance notice, else active.
    /// </summary>
    public static void Classify(this FundingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var found = ProgramClassifier.Classify(new AnnouncementText(program.Title)
        {
            Body = program.Description,
            BoardType = program.BoardType,
            AttachmentNames = [.. program.AttachmentNames],
            Category = program.Category,
            Keywords = [.. program.Keywords],
            Ministry = program.Ministry,
            StatedAudience = [.. program.StatedTargetTypes],
            StatedTrl = new(program.StatedMinTrl, program.StatedMaxTrl),
        });
        program.Kind = found.Kind;
        if (program.Status is ProgramStatus.Active or ProgramStatus.Upcoming)
        {
            program.Status = found.IsAdvanceNotice ? ProgramStatus.Upcoming : ProgramStatus.Active;
        }

        program.Sectors = [.. found.Traits.Sectors.Select(entry => entry.Sector)];
        program.TargetTypes = [.. found.Audience];
        (program.MinTrl, program.MaxTrl) = (found.Trl.Min, found.Trl.Max);
        program.Traits = found.Traits;
        program.Evidence = found.Evidence;
        program.ClassifierVersion = ProgramClassifier.Version;
    }

    /// <summary>What rankings and lists take from a program's classification, comparable.</summary>
    public static (ProgramKind Kind, ProgramStatus Status, string Audience, int? MinTrl, int? MaxTrl, string Traits) GetClassified(
        this FundingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return (program.Kind, program.Status, string.Join(',', program.TargetTypes), program.MinTrl, program.MaxTrl, ProgramJson.Write(program.Traits));
    }
}
