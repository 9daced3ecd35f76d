using System.Collections.Immutable;
using Connect.Core.Classification;

namespace Connect.Core.Matching;

/// <summary>How an organization's and a call's sectors stand to each other.</summary>
internal enum SectorTie
{
    /// <summary>One of them has no sector.</summary>
    Unknown,

    /// <summary>The organization's sector is one of the call's.</summary>
    Same,

    /// <summary>Other sectors.</summary>
    Cross,
}

/// <summary>Keywords of an organization that stand in a call.</summary>
/// <param name="Whole">Those entered as such.</param>
/// <param name="Inner">Known words inside of what was entered.</param>
/// <param name="Technologies">Those of <paramref name="Whole"/> that are key technologies.</param>
internal readonly record struct SharedKeywords(int Whole, int Inner, int Technologies);

/// <summary>The industry part, and the gate before it.</summary>
internal static class MatchScoring
{
    public static SectorTie Tie(Sector? own, ImmutableArray<Sector> call) =>
        own is not { } sector || call.IsEmpty ? SectorTie.Unknown
        : call.Contains(sector) ? SectorTie.Same
        : SectorTie.Cross;

    /// <summary>Points of the industry part; null where the call has too little to do with the organization.</summary>
    public static int? Industry(OrganizationFeatures organization, ProgramFeatures call, SharedKeywords shared, Taxonomy taxonomy)
    {
        var own = shared.Whole + shared.Inner;
        var keywords = own == 0 ? 0 : MatchingAlgorithm.FirstKeyword + ((own - 1) * MatchingAlgorithm.FurtherKeyword);
        var sector = 0;
        switch (Tie(organization.Profile.Sector, call.Sectors))
        {
            case SectorTie.Same:
                sector = SameSector(organization.Profile.Sector!.Value, call);
                keywords += Vocabulary(organization.Profile.Sector.Value, call);
                break;
            case SectorTie.Cross:
                var relevance = Relevance(organization.Profile.Sector!.Value, call.Sectors, taxonomy);
                if (!PassesGate(relevance, call.Origin, shared.Whole > 0))
                {
                    return null;
                }

                sector = relevance >= MatchingAlgorithm.RelevanceWithoutKeyword ? MatchingAlgorithm.CrossHigh
                    : relevance >= 0.5 ? MatchingAlgorithm.CrossMedium
                    : 0;
                break;
            default:
                // Not knowing a sector opens nothing: what the organization entered must stand in the call.
                if (shared.Whole == 0)
                {
                    return null;
                }

                break;
        }

        var bonus = organization.IsInstitute
            ? Math.Min(MatchingAlgorithm.MaxInstituteTechnology, shared.Technologies * MatchingAlgorithm.InstituteTechnology)
            : 0;
        return Math.Min(MatchingAlgorithm.MaxIndustry, sector + Math.Min(MatchingAlgorithm.MaxKeywords, keywords) + bonus);
    }

    /// <summary>
    /// How related a sector is to a call of others: the least of its relations, so that a call about animal disease
    /// doesn't come to an ICT company by way of agriculture.
    /// </summary>
    public static double Relevance(Sector own, ImmutableArray<Sector> call, Taxonomy taxonomy)
    {
        var least = 1.0;
        foreach (var sector in call)
        {
            least = Math.Min(least, taxonomy.Relevance(own, sector));
        }

        return least;
    }

    // A sector that only the ministry suggests is too little to cross over to another one.
    private static bool PassesGate(double relevance, SectorOrigin origin, bool sharesKeyword) =>
        relevance >= MatchingAlgorithm.RelevanceGate
        && (sharesKeyword || (relevance >= MatchingAlgorithm.RelevanceWithoutKeyword && origin == SectorOrigin.Words));

    private static int SameSector(Sector own, ProgramFeatures call) =>
        call.Origin == SectorOrigin.Ministry ? MatchingAlgorithm.SectorByMinistry
        : call.Sectors[0] == own ? MatchingAlgorithm.SectorByPrimary
        : MatchingAlgorithm.SectorBySecondary;

    private static int Vocabulary(Sector own, ProgramFeatures call) => call.Origin == SectorOrigin.Words
        ? Math.Min(MatchingAlgorithm.SectorVocabulary, MatchingAlgorithm.SectorVocabulary - 3 + call.Evidence(own).Length)
        : 0;
}
