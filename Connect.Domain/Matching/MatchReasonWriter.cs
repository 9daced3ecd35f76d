using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>Writes the reasons for a score as codes and facts that do not depend on the day.</summary>
internal static class MatchReasonWriter
{
    private const int MostWords = 5;

    public static ImmutableArray<MatchReason> Write(OrganizationFeatures organization, ProgramFeatures program, Taxonomy taxonomy)
    {
        var reasons = ImmutableArray.CreateBuilder<MatchReason>(8);
        AddIndustry(reasons, organization, program, taxonomy);
        reasons.Add(Trl(organization.Level, program.Signature));
        reasons.Add(new(program.Program.TargetTypes.IsDefaultOrEmpty ? MatchReasonCodes.TypeNoRestriction : MatchReasonCodes.TypeMatch, []));
        AddConditions(reasons, organization, program.Program.Traits);
        if (organization.Profile.RdExperience)
        {
            reasons.Add(new(MatchReasonCodes.RndExperience, []));
        }

        if (organization.Profile.CollaborationCount > 0)
        {
            reasons.Add(new(MatchReasonCodes.Collaboration, [Text(organization.Profile.CollaborationCount)]));
        }

        reasons.Add(program.Program.Deadline is { } deadline
            ? new(MatchReasonCodes.DeadlineSet, [SeoulTime.DateOf(deadline).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)])
            : new(MatchReasonCodes.DeadlineUnknown, []));
        if (program.Program.BudgetAmount is null or <= 0)
        {
            reasons.Add(new(MatchReasonCodes.BudgetUnknown, []));
        }

        return reasons.ToImmutable();
    }

    private static void AddIndustry(
        ImmutableArray<MatchReason>.Builder reasons, OrganizationFeatures organization, ProgramFeatures program, Taxonomy taxonomy)
    {
        ImmutableArray<OwnKeyword> shared = [.. organization.Keywords.Where(keyword => program.HasKeyword(keyword.Canonical))];
        ImmutableArray<string> words = [.. shared.Select(keyword => keyword.Display).Take(MostWords)];
        var tie = MatchScoring.Tie(organization.Profile.Sector, program.Sectors);
        if (tie == SectorTie.Cross)
        {
            var labels = string.Join(", ", program.Program.Traits.Sectors.Select(entry => taxonomy.Label(entry.Sector)));
            reasons.Add(new(MatchReasonCodes.CrossIndustryKeyword, [labels, .. words]));
        }
        else
        {
            if (!words.IsEmpty)
            {
                reasons.Add(new(MatchReasonCodes.ExactKeywordMatch, words));
            }

            if (tie == SectorTie.Same)
            {
                AddSameSector(reasons, organization.Profile.Sector!.Value, program, shared, taxonomy);
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
        ProgramFeatures program,
        ImmutableArray<OwnKeyword> shared,
        Taxonomy taxonomy)
    {
        if (program.Sectors.Origin == SectorOrigin.Ministry)
        {
            reasons.Add(new(MatchReasonCodes.SectorByMinistry, [taxonomy.Label(sector), program.Program.Ministry ?? string.Empty]));
            return;
        }

        reasons.Add(new(MatchReasonCodes.SectorMatch, [taxonomy.Label(sector)]));

        // Words that are already reasons as keywords are not repeated.
        ImmutableArray<string> words =
        [
            .. program.Evidence(sector)
                .Where(word => !shared.Any(keyword => keyword.Canonical == taxonomy.Canonical(word)))
                .Take(MostWords),
        ];
        if (!words.IsEmpty)
        {
            reasons.Add(new(MatchReasonCodes.SectorKeywordMatch, words));
        }
    }

    // A condition that cannot be checked, because the profile lacks the value, becomes a warning.
    private static void AddConditions(ImmutableArray<MatchReason>.Builder reasons, OrganizationFeatures organization, ProgramTraits program)
    {
        if (!program.Regions.IsDefaultOrEmpty)
        {
            reasons.Add(new(
                organization.Regions == 0 ? MatchReasonCodes.RegionUnchecked : MatchReasonCodes.RegionMatch,
                [.. program.Regions.Select(RegionMap.Default.Label)]));
        }

        if (organization.IsInstitute)
        {
            return;
        }

        if (program.Requirements.LargestScale is { } largest && organization.Profile.Scale is null)
        {
            reasons.Add(new(MatchReasonCodes.ScaleUnchecked, [JsonNamingPolicy.SnakeCaseUpper.ConvertName(largest.ToString())]));
        }

        if (program.Requirements.MaxYears is { } years && organization.Profile.EstablishedOn is null)
        {
            reasons.Add(new(MatchReasonCodes.AgeUnchecked, [Text(years)]));
        }
    }

    private static MatchReason Trl(int? level, in ProgramSignature program)
    {
        if (level is not { } own)
        {
            return new(MatchReasonCodes.TrlNotProvided, []);
        }

        if (program.TrlConfidence == TrlConfidence.Missing)
        {
            return new(MatchReasonCodes.TrlNoRequirement, []);
        }

        var (low, high) = MatchingAlgorithm.TrlRange(program.MinTrl, program.MaxTrl);
        return new(TrlCode(low - own, own - high, program.TrlConfidence), [Text(own), Text(low), Text(high)]);
    }

    private static string TrlCode(int below, int above, TrlConfidence confidence) => (below, above) switch
    {
        ( <= 0, <= 0) => confidence == TrlConfidence.Inferred ? MatchReasonCodes.TrlInferredMatch : MatchReasonCodes.TrlPerfectMatch,
        (1, _) => MatchReasonCodes.TrlTooLowClose,
        ( > 1, _) => MatchReasonCodes.TrlTooLowModerate,
        (_, 1) => MatchReasonCodes.TrlTooHighClose,
        _ => MatchReasonCodes.TrlTooHighModerate,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
