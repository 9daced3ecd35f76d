using Connect.Api.Matches;

namespace Connect.Api.Explanations;

/// <summary>A match in words.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="OrganizationId">The organization.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="Language"><c>ko</c> or <c>en</c>, by <c>Accept-Language</c>.</param>
/// <param name="Source"><c>model</c>: written by a language model from the match's facts; <c>rules</c>: by fixed sentences.</param>
/// <param name="Text">Plain text in paragraphs.</param>
/// <param name="Model">The model that wrote it; null for <c>rules</c>.</param>
/// <param name="FallbackReason">
/// Why the rules wrote: <c>not-configured</c>, <c>budget</c>, <c>unavailable</c>, <c>timeout</c>, <c>refused</c>,
/// <c>busy</c>, <c>closed</c> or <c>outdated</c>; null for <c>model</c>.
/// </param>
/// <param name="Score">0 to 100: the sum of the breakdown.</param>
/// <param name="Breakdown">The points that the text mentions.</param>
/// <param name="GeneratedAt">When the text was written.</param>
public sealed record ExplanationResponse(
    Guid MatchId, Guid OrganizationId, Guid ProgramId, string Language, string Source, string Text, string? Model, string? FallbackReason,
    int Score, BreakdownItem Breakdown, DateTimeOffset GeneratedAt);
