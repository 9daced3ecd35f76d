using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>Classifies a program from what is stored of its announcement.</summary>
public static class StoredClassification
{
    /// <summary>
    /// Tells kind, sectors, audience, levels and the rest from the text and the stated facts that the program holds, and
    /// replaces the classification that it had.
    /// </summary>
    /// <returns>Whether anything that rankings and lists are made from is another than before.</returns>
    public static bool Classify(this FundingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var before = Told(program);
        var found = ProgramClassifier.Classify(new AnnouncementText(program.Title)
        {
            Body = program.Description,
            Category = program.Category,
            Keywords = [.. program.Keywords],
            Ministry = program.Ministry,
            StatedAudience = [.. program.StatedTargetTypes],
            StatedTrl = new(program.StatedMinTrl, program.StatedMaxTrl),
        });
        program.Kind = found.Kind;
        program.Sectors = [.. found.Traits.Sectors.Select(entry => entry.Sector)];
        program.TargetTypes = [.. found.Audience];
        (program.MinTrl, program.MaxTrl) = (found.Trl.Min, found.Trl.Max);
        program.Traits = found.Traits;
        program.Evidence = found.Evidence;
        program.ClassifierVersion = ProgramClassifier.Version;
        return before != Told(program);
    }

    private static (ProgramKind Kind, string Audience, int? MinTrl, int? MaxTrl, string Traits) Told(FundingProgram program) =>
        (program.Kind, string.Join(',', program.TargetTypes), program.MinTrl, program.MaxTrl, ProgramJson.Write(program.Traits));
}
