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

    /// <summary>The board's own word for what the announcement is (공고유형, 공모유형).</summary>
    public string? BoardType { get; init; }

    /// <summary>Names of the attached files.</summary>
    public ImmutableArray<string> AttachmentNames { get; init; } = [];

    /// <summary>The board's category.</summary>
    public string? Category { get; init; }

    /// <summary>Keywords, where the page states them.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>부처명; a source of sectors if the text has none, and never of keywords.</summary>
    public string? Ministry { get; init; }

    /// <summary>The audience that a field states; empty where none does.</summary>
    public ImmutableArray<OrganizationType> StatedAudience { get; init; } = [];

    /// <summary>The range that a field or the body states; empty where none does.</summary>
    public TrlRange StatedTrl { get; init; }
}

/// <summary>The classification of an announcement's text.</summary>
/// <param name="Kind">Its kind; only calls are matched.</param>
/// <param name="Audience">The types of organizations that may apply; empty means no restriction.</param>
/// <param name="Trl">The range of readiness levels, as stated or inferred.</param>
/// <param name="Traits">All other facts that matching uses.</param>
/// <param name="Evidence">The words that led to the classification.</param>
public sealed record ProgramClassification(
    ProgramKind Kind,
    ImmutableArray<OrganizationType> Audience,
    TrlRange Trl,
    ProgramTraits Traits,
    ImmutableArray<ClassificationEvidence> Evidence)
{
    /// <summary>Whether it announces a call that is still to come; its kind is then <see cref="ProgramKind.Notice"/>.</summary>
    public bool IsAdvanceNotice { get; init; }
}
