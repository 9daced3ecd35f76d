using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

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
internal readonly record struct SharedKeywords(ushort Whole, ushort Inner, ushort Technologies)
{
    public static readonly SharedKeywords None;

    public bool IsNone => (Whole | Inner) == 0;

    public SharedKeywords Plus(OwnKeyword keyword) => keyword.Whole
        ? new((ushort)(Whole + 1), Inner, (ushort)(Technologies + (keyword.Technology ? 1 : 0)))
        : new(Whole, (ushort)(Inner + 1), Technologies);
}

/// <summary>The industry part, and what hides a call for its sectors.</summary>
internal readonly record struct IndustryVerdict(int Points, HiddenReasons Hidden);

/// <summary>The industry part, and the gate before it.</summary>
internal static class MatchScoring
{
    public static SectorTie Tie(Sector? own, in SectorProfile call) =>
        own is not { } sector || call.IsGeneral ? SectorTie.Unknown
        : call.Contains(sector) ? SectorTie.Same
        : SectorTie.Cross;

    /// <summary>Points of the industry part, given also where the call is hidden: they tell how near it came.</summary>
    public static IndustryVerdict Industry(
        OrganizationFeatures organization, in SectorProfile call, SharedKeywords shared, Taxonomy taxonomy)
    {
        var own = shared.Whole + shared.Inner;
        var keywords = own == 0 ? 0 : MatchingAlgorithm.FirstKeyword + ((own - 1) * MatchingAlgorithm.FurtherKeyword);
        var sector = 0;
        var hidden = HiddenReasons.None;
        var tie = Tie(organization.Profile.Sector, call);
        if (tie == SectorTie.Same)
        {
            sector = SameSector(organization.Profile.Sector!.Value, call);
            keywords += Vocabulary(organization.Profile.Sector.Value, call);
        }
        else if (tie == SectorTie.Cross)
        {
            var relevance = Relevance(organization.Profile.Sector!.Value, call, taxonomy);
            hidden = Gate(relevance, call.Origin, shared.Whole > 0);
            sector = relevance >= MatchingAlgorithm.RelevanceWithoutKeyword ? MatchingAlgorithm.CrossHigh
                : relevance >= MatchingAlgorithm.RelevanceMedium ? MatchingAlgorithm.CrossMedium
                : 0;
        }
        else if (shared.Whole == 0)
        {
            // Not knowing a sector opens nothing: what the organization entered must stand in the call.
            hidden = HiddenReasons.KeywordMissing;
        }

        // A call that is of the own sector first is wanted, whatever else it touches.
        if ((call.Bits & organization.Excluded) != 0 && !(tie == SectorTie.Same && call.Primary == organization.Profile.Sector))
        {
            hidden |= HiddenReasons.SectorExcluded;
        }

        var bonus = organization.IsInstitute
            ? Math.Min(MatchingAlgorithm.MaxInstituteTechnology, shared.Technologies * MatchingAlgorithm.InstituteTechnology)
            : 0;
        return new(Math.Min(MatchingAlgorithm.MaxIndustry, sector + Math.Min(MatchingAlgorithm.MaxKeywords, keywords) + bonus), hidden);
    }

    /// <summary>
    /// How related a sector is to a call of others: the least of its relations, so that a call about animal disease
    /// doesn't come to an ICT company by way of agriculture.
    /// </summary>
    public static double Relevance(Sector own, in SectorProfile call, Taxonomy taxonomy)
    {
        var least = call.Primary is { } first ? taxonomy.Relevance(own, first) : 1;
        return call.Secondary is { } second ? Math.Min(least, taxonomy.Relevance(own, second)) : least;
    }

    // A sector that only the ministry suggests is too little to cross over to another one.
    private static HiddenReasons Gate(double relevance, SectorOrigin origin, bool sharesKeyword) =>
        relevance < MatchingAlgorithm.RelevanceGate ? HiddenReasons.SectorUnrelated
        : sharesKeyword || (relevance >= MatchingAlgorithm.RelevanceWithoutKeyword && origin == SectorOrigin.Words) ? HiddenReasons.None
        : HiddenReasons.KeywordMissing;

    private static int SameSector(Sector own, in SectorProfile call) =>
        call.Origin == SectorOrigin.Ministry ? MatchingAlgorithm.SectorByMinistry
        : call.Primary == own ? MatchingAlgorithm.SectorByPrimary
        : MatchingAlgorithm.SectorBySecondary;

    private static int Vocabulary(Sector own, in SectorProfile call) => call.Origin == SectorOrigin.Words
        ? Math.Min(MatchingAlgorithm.SectorVocabulary, MatchingAlgorithm.SectorVocabulary - SectorProfile.MostWords + call.WordsOf(own))
        : 0;
}
