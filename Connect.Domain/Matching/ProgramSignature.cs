using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>
/// The facts that decide to which organizations a program is open. Programs with equal signatures are open to the same
/// organizations and give them the same readiness points.
/// </summary>
/// <param name="Audience">Bit per <see cref="OrganizationType"/>; 0 for everybody.</param>
/// <param name="Regions">Bit per <see cref="Region"/>; 0 for everywhere.</param>
/// <param name="MinTrl">Lowest level.</param>
/// <param name="MaxTrl">Highest level.</param>
/// <param name="TrlConfidence">How the levels are known.</param>
/// <param name="Requirements">Legal form, size, age, designated.</param>
/// <param name="IsUmbrella">Whether it only announces later programs.</param>
internal readonly record struct ProgramSignature(
    int Audience, int Regions, int? MinTrl, int? MaxTrl, TrlConfidence TrlConfidence, ProgramRequirements Requirements, bool IsUmbrella)
{
    public static ProgramSignature Of(ActiveProgram program)
    {
        var audience = program.TargetTypes.IsDefault ? 0 : program.TargetTypes.Aggregate(0, (mask, type) => mask | (1 << (int)type));
        return new(
            audience, BitsOf(program.Traits.Regions), program.MinTrl, program.MaxTrl,
            program.MinTrl is null && program.MaxTrl is null ? TrlConfidence.Missing
                : program.Traits.TrlConfidence == TrlConfidence.Inferred ? TrlConfidence.Inferred
                : TrlConfidence.Explicit,
            program.Traits.Requirements, program.IsUmbrella);
    }

    internal static int BitsOf(System.Collections.Immutable.ImmutableArray<Region> regions) =>
        regions.IsDefault ? 0 : regions.Aggregate(0, (mask, region) => mask | (1 << (int)region));
}

/// <summary>
/// The facts of a program's sectors that scoring uses: the sectors, their origin and their words. Programs with equal
/// profiles give an organization the same industry points if no keyword is shared.
/// </summary>
/// <param name="Primary">The leading sector; null for a general program.</param>
/// <param name="Secondary">The other one; null for none.</param>
/// <param name="Origin">Where they come from.</param>
/// <param name="PrimaryWords">Words for the leading sector, counted up to <see cref="MostWords"/>.</param>
/// <param name="SecondaryWords">Words for the other one, likewise.</param>
internal readonly record struct SectorProfile(Sector? Primary, Sector? Secondary, SectorOrigin Origin, int PrimaryWords, int SecondaryWords)
{
    /// <summary>The number of words beyond which points do not grow.</summary>
    public const int MostWords = 3;

    public bool IsGeneral => Primary is null;

    /// <summary>Bit per sector.</summary>
    public int Bits => (Primary is { } first ? 1 << (int)first : 0) | (Secondary is { } second ? 1 << (int)second : 0);

    public static SectorProfile Of(ProgramTraits traits)
    {
        var sectors = traits.Sectors.IsDefault ? [] : traits.Sectors;
        return new(
            sectors.Length > 0 ? sectors[0].Sector : null, sectors.Length > 1 ? sectors[1].Sector : null,
            sectors.IsEmpty ? SectorOrigin.None : traits.SectorOrigin,
            sectors.Length > 0 ? Math.Min(MostWords, sectors[0].Words.Length) : 0,
            sectors.Length > 1 ? Math.Min(MostWords, sectors[1].Words.Length) : 0);
    }

    public bool Contains(Sector sector) => Primary == sector || Secondary == sector;

    public int WordsOf(Sector sector) => Primary == sector ? PrimaryWords : Secondary == sector ? SecondaryWords : 0;
}
