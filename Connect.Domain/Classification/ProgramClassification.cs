using System.Collections.Immutable;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

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

/// <summary>The classification of an announcement's text.</summary>
/// <param name="Kind">What it is; only calls are matched.</param>
/// <param name="Audience">Who may apply; empty means no restriction.</param>
/// <param name="Trl">The range of readiness levels, as stated or inferred.</param>
/// <param name="Traits">The rest of what matching needs.</param>
/// <param name="Evidence">The words behind all of it.</param>
public sealed record ProgramClassification(
    ProgramKind Kind,
    ImmutableArray<OrganizationType> Audience,
    TrlRange Trl,
    ProgramTraits Traits,
    ImmutableArray<ClassificationEvidence> Evidence);
