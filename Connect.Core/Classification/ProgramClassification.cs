using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Core.Organizations;
using Connect.Core.Programs;

namespace Connect.Core.Classification;

/// <summary>What a call wants to reach.</summary>
public enum ProgramIntent
{
    BasicResearch,
    AppliedResearch,
    Commercialization,
    Infrastructure,
    PolicySupport,
}

/// <summary>How a call's range of technology readiness levels is known.</summary>
public enum TrlConfidence
{
    /// <summary>It is not.</summary>
    Missing,

    /// <summary>The announcement states it.</summary>
    Explicit,

    /// <summary>It follows from what the call wants to reach: basic research 1 to 3, applied 4 to 6, commercialization 7 to 9.</summary>
    Inferred,
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

/// <summary>An announcement as a classifier reads it.</summary>
/// <param name="Title">The title; it decides before the body does.</param>
public sealed record AnnouncementText(string? Title)
{
    /// <summary>Body text.</summary>
    public string? Body { get; init; }

    /// <summary>The board's category.</summary>
    public string? Category { get; init; }

    /// <summary>Keywords, where the page states them.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>부처명; names sectors where nothing else does, and never a keyword.</summary>
    public string? Ministry { get; init; }

    /// <summary>Who may apply, where a field states it; empty where none does.</summary>
    public ImmutableArray<OrganizationType> StatedAudience { get; init; } = [];

    /// <summary>The range that a field or the body states; empty where none does.</summary>
    public TrlRange StatedTrl { get; init; }
}

/// <summary>One thing that was found out, and the words that say so.</summary>
/// <param name="What">kind, sector, audience, region, intent, trl, structure, scale, startUp, years or designated.</param>
/// <param name="Value">What was found out, as on the wire.</param>
/// <param name="Words">The words, as they stand there or in comparable form.</param>
/// <param name="Source">Where they stand.</param>
[ImmutableObject(true)]
public sealed record ClassificationEvidence(string What, string Value, ImmutableArray<string> Words, EvidenceSource Source);

/// <summary>A sector of a call and the words that speak for it.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Words">The words, in comparable form, in the order that they were found; none where the ministry speaks.</param>
[ImmutableObject(true)]
public sealed record SectorEvidence(Sector Sector, ImmutableArray<string> Words);

/// <summary>Whom a call is closed to, besides its audience.</summary>
/// <param name="Structure">The only legal form that may apply; null for any.</param>
/// <param name="LargestScale">The largest companies that may apply; null for any. Start-up lines (창업성장, TIPS, 디딤돌) are for SMEs.</param>
/// <param name="MaxYears">Only companies founded less than so many years ago; null for any.</param>
/// <param name="IsDesignated">Whether who carries it out is designated already (지정과제, 위탁과제).</param>
[ImmutableObject(true)]
public sealed record CallRequirements(
    BusinessStructure? Structure, CompanyScale? LargestScale, int? MaxYears, bool IsDesignated)
{
    /// <summary>A call that is closed to nobody.</summary>
    public static CallRequirements None { get; } = new(null, null, null, IsDesignated: false);
}

/// <summary>What matching needs to know of a call besides its columns.</summary>
/// <param name="Sectors">None, one or two; the leading one first. None means general.</param>
/// <param name="SectorOrigin">Where they come from.</param>
/// <param name="Regions">The provinces that it is for; empty for everywhere.</param>
/// <param name="Intent">What it wants to reach; null where it does not say.</param>
/// <param name="TrlConfidence">How its range of readiness levels is known.</param>
/// <param name="Requirements">Whom it is closed to.</param>
[ImmutableObject(true)]
public sealed record CallTraits(
    ImmutableArray<SectorEvidence> Sectors,
    SectorOrigin SectorOrigin,
    ImmutableArray<Region> Regions,
    ProgramIntent? Intent,
    TrlConfidence TrlConfidence,
    CallRequirements Requirements)
{
    /// <summary>A call of which nothing is known.</summary>
    public static CallTraits Unknown { get; } = new([], SectorOrigin.None, [], null, TrlConfidence.Missing, CallRequirements.None);
}

/// <summary>Everything that the text of an announcement tells.</summary>
/// <param name="Kind">What it is; only calls are matched.</param>
/// <param name="Audience">Who may apply; empty means no restriction.</param>
/// <param name="Trl">The range of readiness levels, as stated or inferred.</param>
/// <param name="Traits">The rest of what matching needs.</param>
/// <param name="Evidence">The words behind all of it.</param>
public sealed record ProgramClassification(
    ProgramKind Kind,
    ImmutableArray<OrganizationType> Audience,
    TrlRange Trl,
    CallTraits Traits,
    ImmutableArray<ClassificationEvidence> Evidence);
