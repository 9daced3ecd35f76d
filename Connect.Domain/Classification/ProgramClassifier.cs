using System.Collections.Immutable;
using System.Text.Json;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>
/// Classifies the text of an announcement for matching, once, when it is staged. Pure: the same text has the same
/// classification, under one <see cref="Version"/>.
/// </summary>
public static class ProgramClassifier
{
    /// <summary>Version of the rules in code; must change with them. The data files have a hash.</summary>
    private const string Rules = "6";

    /// <summary>Version of rules and data: programs of another version are classified again.</summary>
    public static string Version { get; } = $"{Rules}-{ClassificationData.Fingerprint}";

    /// <summary>Classifies with the shipped data. Never throws.</summary>
    public static ProgramClassification Classify(AnnouncementText announcement) =>
        Classify(announcement, Taxonomy.Default, RegionMap.Default);

    internal static ProgramClassification Classify(AnnouncementText announcement, Taxonomy taxonomy, RegionMap map)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        var evidence = ImmutableArray.CreateBuilder<ClassificationEvidence>();
        var advance = AdvanceNotices.Find(announcement.Title);
        var (kind, kindWords, kindSource) = advance is var (words, _)
            ? (ProgramKind.Notice, [words], EvidenceSource.Title)
            : KindClassifier.Find(announcement);
        evidence.Add(new("kind", Name(kind), kindWords, kindSource));

        var sectors = SectorClassifier.Classify(
            taxonomy, announcement.Title, announcement.Category, announcement.Keywords, announcement.Ministry);
        ImmutableArray<SectorEvidence> named =
            [.. sectors.Sectors.Select(sector => new SectorEvidence(sector, sectors.WordsOf(sector)))];
        AddSectors(evidence, named, sectors.Origin, announcement);

        var audience = Audience(evidence, announcement);
        var (regions, regionWords) = map.Find(announcement.Title);
        foreach (var region in regions)
        {
            evidence.Add(new("region", Name(region), regionWords, EvidenceSource.Title));
        }

        var (intent, inferred, intentWord) = IntentClassifier.Find(announcement.Title, kind);
        if (intent is { } meant)
        {
            evidence.Add(intentWord is null
                ? new("intent", Name(meant), kindWords, kindSource)
                : new("intent", Name(meant), [intentWord], EvidenceSource.Title));
        }

        var trl = announcement.StatedTrl.IsEmpty ? inferred : announcement.StatedTrl;
        var confidence = !announcement.StatedTrl.IsEmpty ? TrlConfidence.Explicit
            : !inferred.IsEmpty ? TrlConfidence.Inferred
            : TrlConfidence.Missing;
        if (confidence != TrlConfidence.Missing)
        {
            evidence.Add(confidence == TrlConfidence.Explicit
                ? new("trl", Name(confidence), [], EvidenceSource.Field)
                : new("trl", Name(confidence), [intentWord!], EvidenceSource.Title));
        }

        var (requirements, requirementEvidence) = RequirementReader.Read(announcement);
        evidence.AddRange(requirementEvidence);
        return new(kind, audience, trl, new(named, sectors.Origin, regions, intent, confidence, requirements), evidence.ToImmutable())
        {
            IsAdvanceNotice = advance is not null,
        };
    }

    private static ImmutableArray<OrganizationType> Audience(
        ImmutableArray<ClassificationEvidence>.Builder evidence, AnnouncementText announcement)
    {
        var stated = announcement.StatedAudience.IsDefaultOrEmpty ? [] : announcement.StatedAudience;
        var (audience, words) = stated.IsEmpty ? AudienceClassifier.Find(announcement.Title) : (stated, []);
        foreach (var type in audience)
        {
            evidence.Add(new("audience", Name(type), words, stated.IsEmpty ? EvidenceSource.Title : EvidenceSource.Field));
        }

        return audience;
    }

    private static void AddSectors(
        ImmutableArray<ClassificationEvidence>.Builder evidence, ImmutableArray<SectorEvidence> sectors, SectorOrigin origin,
        AnnouncementText announcement)
    {
        var title = NormalizedText.Key(announcement.Title);
        foreach (var (sector, words) in sectors)
        {
            if (origin == SectorOrigin.Ministry)
            {
                evidence.Add(new(
                    "sector", Taxonomy.Key(sector), announcement.Ministry is { } ministry ? [ministry] : [], EvidenceSource.Ministry));
                continue;
            }

            // Category and keywords are fields. A word of a field that the title has too is evidence of the title.
            var inTitle = words.RemoveAll(word => !title.Contains(word, StringComparison.Ordinal));
            var inFields = words.RemoveAll(word => title.Contains(word, StringComparison.Ordinal));
            if (!inTitle.IsEmpty)
            {
                evidence.Add(new("sector", Taxonomy.Key(sector), inTitle, EvidenceSource.Title));
            }

            if (!inFields.IsEmpty)
            {
                evidence.Add(new("sector", Taxonomy.Key(sector), inFields, EvidenceSource.Field));
            }
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());
}
