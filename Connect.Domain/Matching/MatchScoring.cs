using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>The relation of an organization's and a program's sectors.</summary>
internal enum SectorTie
{
    /// <summary>One of them has no sector.</summary>
    Unknown,

    /// <summary>The organization's sector is one of the program's.</summary>
    Same,

    /// <summary>Other sectors.</summary>
    Cross,
}

/// <summary>Numbers of an organization's keywords that a program contains.</summary>
/// <param name="Whole">Those entered as such.</param>
/// <param name="Inner">Known words inside an entered text.</param>
/// <param name="Technologies">Those of <paramref name="Whole"/> that are key technologies.</param>
internal readonly record struct SharedKeywords(ushort Whole, ushort Inner, ushort Technologies)
{
    public static readonly SharedKeywords None;

    public bool IsNone => (Whole | Inner) == 0;

    public SharedKeywords Plus(OwnKeyword keyword) => keyword.Whole
        ? new((ushort)(Whole + 1), Inner, (ushort)(Technologies + (keyword.Technology ? 1 : 0)))
        : new(Whole, (ushort)(Inner + 1), Technologies);
}

/// <summary>Points of the industry part, and the reasons that hide a program for its sectors.</summary>
internal readonly record struct IndustryVerdict(int Points, HiddenReasons Hidden);

/// <summary>The industry part, and the gate before it.</summary>
internal static class MatchScoring
{
    public static SectorTie Tie(Sector? own, in SectorProfile program) =>
        own is not { } sector || program.IsGeneral ? SectorTie.Unknown
        : program.Contains(sector) ? SectorTie.Same
        : SectorTie.Cross;

    /// <summary>Points of the industry part, also of a hidden program, for sorting hidden ones.</summary>
    public static IndustryVerdict Industry(
        OrganizationFeatures organization, in SectorProfile program, SharedKeywords shared, Taxonomy taxonomy)
    {
        var own = shared.Whole + shared.Inner;
        var keywords = own == 0 ? 0 : MatchingAlgorithm.FirstKeyword + ((own - 1) * MatchingAlgorithm.FurtherKeyword);
        var sector = 0;
        var hidden = HiddenReasons.None;
        var tie = Tie(organization.Profile.Sector, program);
        if (tie == SectorTie.Same)
        {
            sector = SameSector(organization.Profile.Sector!.Value, program);
            keywords += Vocabulary(organization.Profile.Sector.Value, program);
        }
        else if (tie == SectorTie.Cross)
        {
            var relevance = Relevance(organization.Profile.Sector!.Value, program, taxonomy);
            hidden = Gate(relevance, shared.Whole > 0);
            sector = relevance >= MatchingAlgorithm.RelevanceHigh ? MatchingAlgorithm.CrossHigh
                : relevance >= MatchingAlgorithm.RelevanceMedium ? MatchingAlgorithm.CrossMedium
                : 0;
        }
        else if (shared.Whole == 0)
        {
            // With an unknown sector, the program must contain a keyword of the organization.
            hidden = HiddenReasons.KeywordMissing;
        }

        // A program whose leading sector is the organization's is shown, even if its second sector is excluded.
        if ((program.Bits & organization.Excluded) != 0 && !(tie == SectorTie.Same && program.Primary == organization.Profile.Sector))
        {
            hidden |= HiddenReasons.SectorExcluded;
        }

        var bonus = organization.IsInstitute
            ? Math.Min(MatchingAlgorithm.MaxInstituteTechnology, shared.Technologies * MatchingAlgorithm.InstituteTechnology)
            : 0;
        return new(Math.Min(MatchingAlgorithm.MaxIndustry, sector + Math.Min(MatchingAlgorithm.MaxKeywords, keywords) + bonus), hidden);
    }

    /// <summary>
    /// How related a sector is to a program of other sectors: the least of its relations. Otherwise a program about
    /// animal disease would reach an ICT company through agriculture.
    /// </summary>
    public static double Relevance(Sector own, in SectorProfile program, Taxonomy taxonomy)
    {
        var least = program.Primary is { } first ? taxonomy.Relevance(own, first) : 1;
        return program.Secondary is { } second ? Math.Min(least, taxonomy.Relevance(own, second)) : least;
    }

    private static HiddenReasons Gate(double relevance, bool sharesKeyword) =>
        relevance < MatchingAlgorithm.RelevanceGate ? HiddenReasons.SectorUnrelated
        : sharesKeyword ? HiddenReasons.None
        : HiddenReasons.KeywordMissing;

    private static int SameSector(Sector own, in SectorProfile program) =>
        program.Origin == SectorOrigin.Ministry ? MatchingAlgorithm.SectorByMinistry
        : program.Primary == own ? MatchingAlgorithm.SectorByPrimary
        : MatchingAlgorithm.SectorBySecondary;

    private static int Vocabulary(Sector own, in SectorProfile program) => program.Origin == SectorOrigin.Words
        ? Math.Min(MatchingAlgorithm.SectorVocabulary, MatchingAlgorithm.SectorVocabulary - SectorProfile.MostWords + program.WordsOf(own))
        : 0;
}
