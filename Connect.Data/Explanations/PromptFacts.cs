using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Connect.Domain.Classification;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Explanations;

/// <summary>
/// Everything that the model learns of a match: no names, no contact data, nothing relative to today, and of the
/// organization's own words only those that the program shares.
/// </summary>
internal sealed record PromptFacts(PromptScore Score, PromptOrganization Organization, PromptProgram Program, ImmutableArray<PromptReason> Reasons)
{
    // Korean is not escaped. Angle brackets are, so that no title can end the <facts> block.
    private static readonly JsonSerializerOptions Options = new(PromptFactsJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = PromptFactsJson.Default,
    };

    public static PromptFacts Of(MatchFacts facts)
    {
        var (profile, program, points) = (facts.Profile, facts.Program, facts.Breakdown);
        return new PromptFacts(
            new(points.Total,
                new(points.Industry, MatchingAlgorithm.MaxIndustry),
                new(points.Trl, MatchingAlgorithm.MaxTrl),
                new(points.Type, MatchingAlgorithm.MaxType),
                new(points.Rnd, MatchingAlgorithm.MaxRnd),
                new(points.Deadline, MatchingAlgorithm.MaxDeadline)),
            new(profile.Type, profile.Sector is { } sector ? Taxonomy.Default.Label(sector) : null,
                profile.Trl, profile.TargetTrl, profile.RdExperience, profile.CollaborationCount),
            new(program.Title, program.Agency, program.Ministry, program.Category, program.TargetTypes, program.MinTrl, program.MaxTrl,
                program.Traits.TrlConfidence, program.BudgetAmount, program.Deadline?.ToOffset(SeoulTime.Offset)),
            [.. facts.Reasons.Select(reason => new PromptReason(reason.Code, reason.Details))]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options.GetTypeInfo(typeof(PromptFacts)));
}

/// <summary>The score and its parts.</summary>
internal sealed record PromptScore(
    int Total, PromptPart IndustryAndKeywords, PromptPart TechnologyReadiness, PromptPart OrganizationType, PromptPart RndExperience,
    PromptPart Deadline);

/// <summary>Points of one part, and the most possible.</summary>
internal sealed record PromptPart(int Points, int Of);

/// <summary>The organization.</summary>
internal sealed record PromptOrganization(
    OrganizationType Type, string? Sector, int? Trl, int? TargetTrl, bool HasRndExperience, int JointProjects);

/// <summary>The program. Its words come from a public page.</summary>
internal sealed record PromptProgram(
    string Title, Agency Agency, string? Ministry, string? Category, ImmutableArray<OrganizationType> WhoMayApply, int? MinTrl, int? MaxTrl,
    TrlConfidence TrlRangeIs, long? BudgetKrw, DateTimeOffset? DeadlineInSeoul);

/// <summary>A reason of the ranking.</summary>
internal sealed record PromptReason(string Code, ImmutableArray<string> Details);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PromptFacts))]
internal sealed partial class PromptFactsJson : JsonSerializerContext;
