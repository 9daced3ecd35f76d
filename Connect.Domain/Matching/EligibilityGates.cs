using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>
/// The gates before scoring: each hides a program regardless of its points. A missing value of the profile passes a
/// gate with a warning, except the legal form: after a wrong guess there, an application would be refused.
/// </summary>
internal static class EligibilityGates
{
    /// <summary>The gates that depend on neither the moment nor the sectors.</summary>
    public static HiddenReasons Check(OrganizationFeatures organization, in ProgramSignature program, DateOnly today)
    {
        var hidden = HiddenReasons.None;
        if (program.IsUmbrella)
        {
            hidden |= HiddenReasons.UmbrellaCall;
        }

        if (program.Requirements.IsDesignated)
        {
            hidden |= HiddenReasons.DesignatedPerformer;
        }

        if (program.Audience != 0 && (program.Audience & (1 << (int)organization.Profile.Type)) == 0)
        {
            hidden |= HiddenReasons.AudienceMismatch;
        }

        if (program.Regions != 0 && organization.Regions != 0 && (program.Regions & organization.Regions) == 0)
        {
            hidden |= HiddenReasons.RegionMismatch;
        }

        if (IsOutOfRange(organization.Level, program))
        {
            hidden |= HiddenReasons.TrlOutOfRange;
        }

        return organization.IsInstitute ? hidden : hidden | CheckCompany(organization.Profile, program.Requirements, today);
    }

    /// <summary>Whether the program is open: by its status, and until its deadline inclusive.</summary>
    public static HiddenReasons CheckStanding(ActiveProgram program, bool isActive, DateTimeOffset now) =>
        (isActive ? HiddenReasons.None : HiddenReasons.StatusClosed)
        | (program.Deadline is { } deadline && deadline < now ? HiddenReasons.DeadlinePassed : HiddenReasons.None);

    private static HiddenReasons CheckCompany(OrganizationProfile company, ProgramRequirements program, DateOnly today)
    {
        var hidden = HiddenReasons.None;
        if (program.Structure is { } structure && company.Structure != structure)
        {
            hidden |= company.Structure is null ? HiddenReasons.StructureUnknown : HiddenReasons.StructureMismatch;
        }

        if (program.LargestScale is { } largest && company.Scale > largest)
        {
            hidden |= HiddenReasons.ScaleTooLarge;
        }

        if (program.MaxYears is { } years && company.EstablishedOn is { } founded && founded <= today.AddYears(-years))
        {
            hidden |= HiddenReasons.BusinessTooOld;
        }

        return hidden;
    }

    // A stated range is a condition. An inferred one is a guess, which hides only levels far from it.
    private static bool IsOutOfRange(int? level, in ProgramSignature program)
    {
        if (level is not { } own || program.TrlConfidence == TrlConfidence.Missing)
        {
            return false;
        }

        var (low, high) = MatchingAlgorithm.TrlRange(program.MinTrl, program.MaxTrl);
        var distance = Math.Max(low - own, own - high);
        return program.TrlConfidence == TrlConfidence.Explicit ? distance > 0 : distance >= MatchingAlgorithm.FarFromInferredTrl;
    }
}
