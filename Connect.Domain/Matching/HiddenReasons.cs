using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;

namespace Connect.Domain.Matching;

/// <summary>Why an organization is not shown a program. Their codes (<see cref="HiddenReasonCodes"/>) are stable.</summary>
[Flags]
public enum HiddenReasons
{
    /// <summary>Nothing hides it.</summary>
    None = 0,

    /// <summary>It was closed or withdrawn.</summary>
    StatusClosed = 1 << 0,

    /// <summary>Its deadline has passed.</summary>
    DeadlinePassed = 1 << 1,

    /// <summary>It is an announcement without deadline, start and budget, which programs will follow.</summary>
    UmbrellaCall = 1 << 2,

    /// <summary>Its performer is designated already.</summary>
    DesignatedPerformer = 1 << 3,

    /// <summary>It is not for this kind of organization.</summary>
    AudienceMismatch = 1 << 4,

    /// <summary>It is for another legal form.</summary>
    StructureMismatch = 1 << 5,

    /// <summary>It is for one legal form, and the organization has not given its own.</summary>
    StructureUnknown = 1 << 6,

    /// <summary>It is for smaller companies.</summary>
    ScaleTooLarge = 1 << 7,

    /// <summary>It is for younger companies.</summary>
    BusinessTooOld = 1 << 8,

    /// <summary>It is for provinces in which the organization has no site.</summary>
    RegionMismatch = 1 << 9,

    /// <summary>The organization's readiness level is outside of the stated range, or far from the inferred one.</summary>
    TrlOutOfRange = 1 << 10,

    /// <summary>It is of a sector that the organization excludes.</summary>
    SectorExcluded = 1 << 11,

    /// <summary>Its sectors have too little to do with the organization's.</summary>
    SectorUnrelated = 1 << 12,

    /// <summary>Its sectors are only loosely related or unknown, and it contains no keyword of the organization.</summary>
    KeywordMissing = 1 << 13,

    /// <summary>It scores below the minimum.</summary>
    ScoreTooLow = 1 << 14,

    /// <summary>Another row of the same program is shown.</summary>
    RepeatedCall = 1 << 15,
}

/// <summary>The codes of <see cref="HiddenReasons"/> on the wire, such as <c>TRL_OUT_OF_RANGE</c>.</summary>
public static class HiddenReasonCodes
{
    private static readonly ImmutableArray<(HiddenReasons Reason, string Code)> Codes =
    [
        .. Enum.GetValues<HiddenReasons>().Where(reason => BitOperations.PopCount((uint)reason) == 1)
            .Select(reason => (reason, JsonNamingPolicy.SnakeCaseUpper.ConvertName(reason.ToString()))),
    ];

    /// <summary>Every code, in the order in which the gates are passed.</summary>
    public static ImmutableArray<string> All { get; } = [.. Codes.Select(pair => pair.Code)];

    /// <summary>The codes of all reasons that are set.</summary>
    public static ImmutableArray<string> Of(HiddenReasons reasons) =>
        [.. Codes.Where(pair => reasons.HasFlag(pair.Reason)).Select(pair => pair.Code)];

    /// <summary>All reasons that are set, one by one.</summary>
    internal static IEnumerable<HiddenReasons> Split(HiddenReasons reasons) =>
        Codes.Where(pair => reasons.HasFlag(pair.Reason)).Select(pair => pair.Reason);
}
