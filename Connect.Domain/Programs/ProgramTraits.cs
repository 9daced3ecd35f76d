using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Domain.Organizations;

namespace Connect.Domain.Programs;

/// <summary>A program's goal.</summary>
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
    /// <summary>It is not known.</summary>
    Missing,

    /// <summary>The announcement states it.</summary>
    Explicit,

    /// <summary>It follows from the program's goal: basic research 1 to 3, applied 4 to 6, commercialization 7 to 9.</summary>
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

    /// <summary>Nowhere: an administrator has set it.</summary>
    Hand,

    /// <summary>In the names of attached files.</summary>
    Attachment,
}

/// <summary>One classification, and the words that it is based on.</summary>
/// <param name="What">kind, sector, audience, region, intent, trl, structure, scale, startUp, years or designated.</param>
/// <param name="Value">The value, as on the wire.</param>
/// <param name="Words">The words, as they stand there or in comparable form.</param>
/// <param name="Source">Where they stand.</param>
[ImmutableObject(true)]
public sealed record ClassificationEvidence(string What, string Value, ImmutableArray<string> Words, EvidenceSource Source);

/// <summary>A sector of a program and the words of its text that it was found by.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Words">
/// The words, in comparable form, in the order that they were found; none if it is the ministry's.
/// </param>
[ImmutableObject(true)]
public sealed record SectorEvidence(Sector Sector, ImmutableArray<string> Words);

/// <summary>Conditions on organizations, besides the audience.</summary>
/// <param name="Structure">The only legal form that may apply; null for any.</param>
/// <param name="LargestScale">The largest companies that may apply; null for any. Start-up lines (창업성장, TIPS, 디딤돌) are for SMEs.</param>
/// <param name="MaxYears">Only companies younger than this, in years; null for any.</param>
/// <param name="IsDesignated">Whether its performer is designated already (지정과제, 위탁과제).</param>
[ImmutableObject(true)]
public sealed record ProgramRequirements(
    BusinessStructure? Structure, CompanyScale? LargestScale, int? MaxYears, bool IsDesignated)
{
    /// <summary>No condition.</summary>
    public static ProgramRequirements None { get; } = new(null, null, null, IsDesignated: false);
}

/// <summary>A program's classification, besides its columns.</summary>
/// <param name="Sectors">None, one or two; the leading one first. None means general.</param>
/// <param name="SectorOrigin">Where they come from.</param>
/// <param name="Regions">The provinces that it is for; empty for everywhere.</param>
/// <param name="Intent">Its goal; null if it does not state one.</param>
/// <param name="TrlConfidence">How its range of readiness levels is known.</param>
/// <param name="Requirements">Conditions on organizations.</param>
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
