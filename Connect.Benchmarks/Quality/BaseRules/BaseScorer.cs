namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>
/// The matching rules of the first platform at the time its caching was introduced, rebuilt as a yardstick.
/// Their defects are kept on purpose, because the comparison is with the matches that users had.
/// </summary>
internal static class BaseScorer
{
    private const int TypePoints = 20;
    private const int ExperiencePoints = 10;
    private const int CollaborationPoints = 5;

    private const int TrlUnknown = 5;
    private const int TrlUnrestricted = 15;
    private const int TrlInside = 20;
    private const int LowestTrl = 1;
    private const int HighestTrl = 9;

    private const int NoDeadline = 5;

    /// <summary>The parts of a program's score, or null if a hard gate stops it: over, or not for the organization's type.</summary>
    public static BaseBreakdown? Score(BaseOrganization organization, BaseProgram program, DateTimeOffset now)
    {
        // An empty list excludes every organization. The first platform meant "no restriction", 10 points, after this
        // gate.
        if (program.Deadline < now || !program.TargetTypes.Contains(organization.Type))
        {
            return null;
        }

        return new BaseBreakdown(
            BaseIndustryPart.Score(organization, program),
            Trl(organization.Trl, program),
            TypePoints,
            (organization.RdExperience ? ExperiencePoints : 0) + (organization.Collaboration ? CollaborationPoints : 0),
            Deadline(program.Deadline, now));
    }

    /// <summary>The best programs: score descending, equal scores by deadline, then as handed in. No minimum score.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="programs">
    /// Active programs; those without a deadline are skipped, as in the first platform's query.
    /// </param>
    /// <param name="now">Programs with an earlier deadline are skipped.</param>
    /// <param name="take">At most so many.</param>
    public static IReadOnlyList<BaseMatch> Rank(
        BaseOrganization organization, IEnumerable<BaseProgram> programs, DateTimeOffset now, int take)
    {
        var candidates = programs.Where(program => program.Deadline >= now).OrderBy(program => program.Deadline);
        var matches = new List<BaseMatch>();
        foreach (var program in candidates)
        {
            if (Score(organization, program, now) is { } breakdown)
            {
                matches.Add(new(program, breakdown));
            }
        }

        // There is no tie-break of its own: this sort is stable, so the candidates' order decides.
        return [.. matches.OrderByDescending(match => match.Breakdown.Total).Take(take)];
    }

    private static int Trl(int? trl, BaseProgram program)
    {
        if (trl is not { } level)
        {
            return TrlUnknown;
        }

        if (program is { MinTrl: null, MaxTrl: null })
        {
            return TrlUnrestricted;
        }

        // Too advanced gives more points than too early, on purpose.
        var below = (program.MinTrl ?? LowestTrl) - level;
        var above = level - (program.MaxTrl ?? HighestTrl);
        return (below, above) switch
        {
            (1, _) => 12,
            (2, _) => 6,
            (3, _) => 3,
            ( > 3, _) => 0,
            (_, 1) => 15,
            (_, 2) => 10,
            (_, 3) => 5,
            (_, > 3) => 0,
            _ => TrlInside,
        };
    }

    private static int Deadline(DateTimeOffset? deadline, DateTimeOffset now) => deadline is not { } end
        ? NoDeadline
        : Math.Ceiling((end - now).TotalDays) switch
        {
            < 0 => 0,
            <= 7 => 15,
            <= 30 => 12,
            <= 60 => 8,
            _ => 5,
        };
}
