namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>
/// The industry and keyword part of a base score: shared keywords, same sector, related sector, an institute's technologies.
/// </summary>
internal static class BaseIndustryPart
{
    private const int Max = 30;
    private const int FirstPair = 5;
    private const int FurtherPair = 2;
    private const int MaxPairs = 15;
    private const int MinContainedLength = 3;
    private const int CategoryPoints = 10;
    private const int SectorWordPoints = 8;
    private const int SubSectorWordPoints = 6;
    private const int MaxSector = 10;
    private const double HighRelevance = 0.7;
    private const int HighRelevancePoints = 5;
    private const double MediumRelevance = 0.5;
    private const int MediumRelevancePoints = 3;
    private const int TechnologyPoints = 2;
    private const int MaxTechnologies = 5;

    public static int Score(BaseOrganization organization, BaseProgram program)
    {
        var sector = BaseKeywords.SectorOf(organization.Sector);
        var own = BaseKeywords.Of(organization, sector);
        var wanted = BaseKeywords.Of(program);
        if (own.Count == 0 || wanted.Count == 0)
        {
            return 0;
        }

        var points = Pairs(own, wanted)
            + (sector is { } known ? SameSector(known, program.Category, wanted) : 0)
            + RelatedSector(sector, program)
            + (organization.Type == BaseOrganizationType.Institute ? Technologies(organization.KeyTechnologies, wanted) : 0);
        return Math.Min(points, Max);
    }

    private static int Pairs(List<string> own, List<string> wanted)
    {
        var pairs = own.Sum(first => wanted.Count(second => IsPair(first, second)));
        return pairs == 0 ? 0 : Math.Min(FirstPair + (FurtherPair * (pairs - 1)), MaxPairs);
    }

    private static bool IsPair(string first, string second) =>
        first == second
        || (first.Length >= MinContainedLength && second.Length >= MinContainedLength && BaseText.Overlap(first, second));

    /// <remarks>
    /// Reading of the record: all keywords of the program are compared, title and description words included; a hit on
    /// a sector's own word ends the comparison, hits on sub-sector words add up to the cap.
    /// </remarks>
    private static int SameSector(BaseSector sector, string? category, List<string> wanted)
    {
        if (BaseKeywords.SectorOf(category) == sector)
        {
            return CategoryPoints;
        }

        var points = 0;
        foreach (var keyword in wanted)
        {
            if (BaseTaxonomy.Resolve(keyword) is not { } found || found.Sector != sector)
            {
                continue;
            }

            points += found.IsSubSector ? SubSectorWordPoints : SectorWordPoints;
            if (!found.IsSubSector || points >= MaxSector)
            {
                break;
            }
        }

        return Math.Min(points, MaxSector);
    }

    /// <remarks>
    /// Reading of the record: added to the sector's points, from the two fields only, not from title or description
    /// words.
    /// </remarks>
    private static int RelatedSector(BaseSector? sector, BaseProgram program)
    {
        var best = program.Keywords.Prepend(program.Category)
            .Select(BaseKeywords.SectorOf)
            .Where(other => other is not null && other != sector)
            .Select(other => BaseTaxonomy.Relevance(sector, other))
            .DefaultIfEmpty()
            .Max();
        return best switch
        {
            >= HighRelevance => HighRelevancePoints,
            >= MediumRelevance => MediumRelevancePoints,
            _ => 0,
        };
    }

    /// <remarks>
    /// Reading of the record: a technology counts once, even if it meets several keywords of the program.
    /// </remarks>
    private static int Technologies(IReadOnlyList<string> technologies, List<string> wanted)
    {
        var hits = technologies.Select(BaseText.Normalize).Count(technology => technology.Length > 0 && wanted.Exists(
            keyword => BaseText.Overlap(technology, keyword) || BaseTechnologyDomains.AreSame(technology, keyword)));
        return Math.Min(hits * TechnologyPoints, MaxTechnologies);
    }
}
