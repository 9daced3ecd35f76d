using System.Collections.Immutable;
using System.Globalization;
using Connect.Core.Classification;
using Connect.Core.Programs;

namespace Connect.Core.Matching;

/// <summary>Writes down why a call scored as it did, as codes and facts; nothing that tomorrow makes false.</summary>
internal static class MatchReasonWriter
{
    private const int MostWords = 5;

    public static ImmutableArray<MatchReason> Write(OrganizationFeatures organization, ProgramFeatures call, Taxonomy taxonomy)
    {
        var reasons = ImmutableArray.CreateBuilder<MatchReason>(8);
        AddIndustry(reasons, organization, call, taxonomy);
        reasons.Add(Trl(organization.Level, call.Program.MinTrl, call.Program.MaxTrl));
        reasons.Add(new(call.Program.TargetTypes.IsDefaultOrEmpty ? MatchReasonCodes.TypeNoRestriction : MatchReasonCodes.TypeMatch, []));
        if (organization.Profile.RdExperience)
        {
            reasons.Add(new(MatchReasonCodes.RndExperience, []));
        }

        if (organization.Profile.CollaborationCount > 0)
        {
            reasons.Add(new(MatchReasonCodes.Collaboration, [Text(organization.Profile.CollaborationCount)]));
        }

        reasons.Add(call.Program.Deadline is { } deadline
            ? new(MatchReasonCodes.DeadlineSet, [SeoulTime.DateOf(deadline).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)])
            : new(MatchReasonCodes.DeadlineUnknown, []));
        if (call.Program.BudgetAmount is null or <= 0)
        {
            reasons.Add(new(MatchReasonCodes.BudgetUnknown, []));
        }

        return reasons.ToImmutable();
    }

    private static void AddIndustry(
        ImmutableArray<MatchReason>.Builder reasons, OrganizationFeatures organization, ProgramFeatures call, Taxonomy taxonomy)
    {
        ImmutableArray<OwnKeyword> shared = [.. organization.Keywords.Where(keyword => call.HasKeyword(keyword.Canonical))];
        ImmutableArray<string> words = [.. shared.Select(keyword => keyword.Display).Take(MostWords)];
        var tie = MatchScoring.Tie(organization.Profile.Sector, call.Sectors);
        if (tie == SectorTie.Cross)
        {
            var labels = string.Join(", ", call.Sectors.Select(taxonomy.Label));
            reasons.Add(words.IsEmpty
                ? new(MatchReasonCodes.CrossIndustryRelevance, [taxonomy.Label(organization.Profile.Sector!.Value), labels])
                : new(MatchReasonCodes.CrossIndustryKeyword, [labels, .. words]));
        }
        else
        {
            if (!words.IsEmpty)
            {
                reasons.Add(new(MatchReasonCodes.ExactKeywordMatch, words));
            }

            if (tie == SectorTie.Same)
            {
                AddSameSector(reasons, organization.Profile.Sector!.Value, call, shared, taxonomy);
            }
        }

        ImmutableArray<string> technologies =
            [.. shared.Where(keyword => keyword is { Whole: true, Technology: true }).Select(keyword => keyword.Display).Take(MostWords)];
        if (organization.IsInstitute && !technologies.IsEmpty)
        {
            reasons.Add(new(MatchReasonCodes.TechnologyKeywordMatch, technologies));
        }
    }

    private static void AddSameSector(
        ImmutableArray<MatchReason>.Builder reasons,
        Sector sector,
        ProgramFeatures call,
        ImmutableArray<OwnKeyword> shared,
        Taxonomy taxonomy)
    {
        if (call.Origin == SectorOrigin.Ministry)
        {
            reasons.Add(new(MatchReasonCodes.SectorByMinistry, [taxonomy.Label(sector), call.Program.Ministry ?? string.Empty]));
            return;
        }

        reasons.Add(new(MatchReasonCodes.SectorMatch, [taxonomy.Label(sector)]));

        // What was said as an own keyword is not said again.
        ImmutableArray<string> words =
        [
            .. call.Evidence(sector)
                .Where(word => !shared.Any(keyword => keyword.Canonical == taxonomy.Canonical(word)))
                .Take(MostWords),
        ];
        if (!words.IsEmpty)
        {
            reasons.Add(new(MatchReasonCodes.SectorKeywordMatch, words));
        }
    }

    private static MatchReason Trl(int? level, int? min, int? max)
    {
        if (level is not { } own)
        {
            return new(MatchReasonCodes.TrlNotProvided, []);
        }

        if (min is null && max is null)
        {
            return new(MatchReasonCodes.TrlNoRequirement, []);
        }

        var (low, high) = MatchingAlgorithm.TrlRange(min, max);
        return new(TrlCode(low - own, own - high), [Text(own), Text(low), Text(high)]);
    }

    private static string TrlCode(int below, int above) => (below, above) switch
    {
        ( <= 0, <= 0) => MatchReasonCodes.TrlPerfectMatch,
        (1, _) => MatchReasonCodes.TrlTooLowClose,
        (2, _) => MatchReasonCodes.TrlTooLowModerate,
        ( > 2, _) => MatchReasonCodes.TrlTooLowFar,
        (_, 1) => MatchReasonCodes.TrlTooHighClose,
        (_, 2) => MatchReasonCodes.TrlTooHighModerate,
        _ => MatchReasonCodes.TrlTooHighFar,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
