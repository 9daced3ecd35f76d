using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Domain.Organizations;

namespace Connect.Domain.Programs;

/// <summary>What a program wants to reach.</summary>
public enum ProgramIntent
{
    BasicResearch,
    AppliedResearch,
    Commercialization,
    Infrastructure,
    PolicySupport,
}

/// <summary>How a program's range of technology readiness levels is known.</summary>
public enum TrlConfidence
{
    /// <summary>It is not.</summary>
    Missing,

    /// <summary>The announcement states it.</summary>
    Explicit,

    /// <summary>It follows from what the program wants to reach: basic research 1 to 3, applied 4 to 6, commercialization 7 to 9.</summary>
    Inferred,
}

/// <summary>Where a program's sectors come from.</summary>
public enum SectorOrigin
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>Its title, category or keywords.</summary>
    Words,

    /// <summary>Only the ministry behind it.</summary>
    Ministry,
}

/// <summary>Where a piece of evidence stands.</summary>
public enum EvidenceSource
{
    /// <summary>A fact that the announcement states: in a labelled field, such as 지원대상, or, for levels, in its body.</summary>
    Field,

    Title,
    Body,
    Ministry,
}

/// <summary>One thing that was found out, and the words that say so.</summary>
/// <param name="What">kind, sector, audience, region, intent, trl, structure, scale, startUp, years or designated.</param>
/// <param name="Value">What was found out, as on the wire.</param>
/// <param name="Words">The words, as they stand there or in comparable form.</param>
/// <param name="Source">Where they stand.</param>
[ImmutableObject(true)]
public sealed record ClassificationEvidence(string What, string Value, ImmutableArray<string> Words, EvidenceSource Source);

/// <summary>A sector of a program and the words that speak for it.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Words">The words, in comparable form, in the order that they were found; none where the ministry speaks.</param>
[ImmutableObject(true)]
public sealed record SectorEvidence(Sector Sector, ImmutableArray<string> Words);

/// <summary>Whom a program is closed to, besides its audience.</summary>
/// <param name="Structure">The only legal form that may apply; null for any.</param>
/// <param name="LargestScale">The largest companies that may apply; null for any. Start-up lines (창업성장, TIPS, 디딤돌) are for SMEs.</param>
/// <param name="MaxYears">Only companies founded less than so many years ago; null for any.</param>
/// <param name="IsDesignated">Whether who carries it out is designated already (지정과제, 위탁과제).</param>
[ImmutableObject(true)]
public sealed record ProgramRequirements(
    BusinessStructure? Structure, CompanyScale? LargestScale, int? MaxYears, bool IsDesignated)
{
    /// <summary>A program that is closed to nobody.</summary>
    public static ProgramRequirements None { get; } = new(null, null, null, IsDesignated: false);
}

/// <summary>What matching needs to know of a program besides its columns.</summary>
/// <param name="Sectors">None, one or two; the leading one first. None means general.</param>
/// <param name="SectorOrigin">Where they come from.</param>
/// <param name="Regions">The provinces that it is for; empty for everywhere.</param>
/// <param name="Intent">What it wants to reach; null where it does not say.</param>
/// <param name="TrlConfidence">How its range of readiness levels is known.</param>
/// <param name="Requirements">Whom it is closed to.</param>
[ImmutableObject(true)]
public sealed record ProgramTraits(
    ImmutableArray<SectorEvidence> Sectors,
    SectorOrigin SectorOrigin,
    ImmutableArray<Region> Regions,
    ProgramIntent? Intent,
    TrlConfidence TrlConfidence,
    ProgramRequirements Requirements)
{
    /// <summary>A program of which nothing is known.</summary>
    public static ProgramTraits Unknown { get; } = new([], SectorOrigin.None, [], null, TrlConfidence.Missing, ProgramRequirements.None);
}
