using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>
/// The kind of an announcement, from its title, the board's own word for its type, the names of its attachments and its body. The
/// first rule that matches counts. Rules for other kinds (a survey, a notice) come before those for calls, because they need
/// fewer words; and a title comes before everything else, except that a title of calls stands above surveys and tenders too.
/// </summary>
public static partial class KindClassifier
{
    private static readonly ImmutableArray<Rule> Rules =
    [
        new(ProgramKind.Survey, EvidenceSource.Title, SurveyRegex()),
        new(ProgramKind.Training, EvidenceSource.Title, LessonRegex()),
        new(ProgramKind.Notice, EvidenceSource.Title, NoticeRegex()),
        new(ProgramKind.PolicyStudy, EvidenceSource.Title, PolicyStudyRegex()),
        new(ProgramKind.Training, EvidenceSource.Title, TrainingRegex()),
        new(ProgramKind.Support, EvidenceSource.Title, EnterpriseSupportRegex()),
        new(ProgramKind.Infrastructure, EvidenceSource.Title, InfrastructureRegex()) { Without = DevelopmentRegex() },
        new(ProgramKind.Support, EvidenceSource.Title, SupportRegex()) { Without = DevelopmentRegex() },
        new(ProgramKind.Support, EvidenceSource.Title, CommercializationRegex()) { Without = NewProjectsRegex() },
        new(ProgramKind.Support, EvidenceSource.Title, ServiceRegex()) { Without = ResearchRegex() },
        new(ProgramKind.Survey, EvidenceSource.Field, SurveyRegex()),
        new(ProgramKind.Notice, EvidenceSource.Field, NoticeTypeRegex()),
        new(ProgramKind.PolicyStudy, EvidenceSource.Field, PolicyStudyRegex()),
        new(ProgramKind.Training, EvidenceSource.Field, TrainingTypeRegex()),
        new(ProgramKind.Survey, EvidenceSource.Attachment, SurveyFormRegex()),
        new(ProgramKind.Notice, EvidenceSource.Attachment, TenderFormRegex()),
        new(ProgramKind.Training, EvidenceSource.Attachment, LessonFormRegex()),
        new(ProgramKind.Call, EvidenceSource.Title, CallRegex()),
        new(ProgramKind.Call, EvidenceSource.Title, ResearchRegex()),
        new(ProgramKind.Call, EvidenceSource.Title, ProjectRegex()),
        new(ProgramKind.Call, EvidenceSource.Field, CallTypeRegex()),
        new(ProgramKind.Call, EvidenceSource.Attachment, ProposalFormRegex()),
        new(ProgramKind.Survey, EvidenceSource.Body, BodySurveyRegex()),
        new(ProgramKind.Call, EvidenceSource.Body, BodyApplicationRegex()) { With = BodyFundingRegex() },
    ];

    /// <summary>Classifies. Never throws; <see cref="ProgramKind.Unsure"/> where no rule matches.</summary>
    public static ProgramKind Classify(AnnouncementText announcement) => Find(announcement).Kind;

    internal static (ProgramKind Kind, ImmutableArray<string> Words, EvidenceSource Source) Find(AnnouncementText announcement)
    {
        ArgumentNullException.ThrowIfNull(announcement);

        // Each text is prepared when the first rule needs it: most bodies never.
        var texts = new string?[Enum.GetValues<EvidenceSource>().Length];
        foreach (var rule in Rules)
        {
            var text = texts[(int)rule.Source] ??= PlainText.ForParsing(TextOf(announcement, rule.Source));
            if (text.Length > 0 && rule.Pattern.Match(text) is { Success: true } match && rule.Without?.IsMatch(text) != true
                && rule.With?.IsMatch(text) != false)
            {
                return (rule.Kind, [match.Value.Trim()], rule.Source);
            }
        }

        return (ProgramKind.Unsure, [], EvidenceSource.Title);
    }

    private static string? TextOf(AnnouncementText announcement, EvidenceSource source) => source switch
    {
        EvidenceSource.Title => announcement.Title,
        EvidenceSource.Field => announcement.BoardType,
        EvidenceSource.Attachment => string.Join('\n', announcement.AttachmentNames),
        _ => announcement.Body,
    };

    /// <summary>A kind, the words that indicate it, and where they stand.</summary>
    private sealed record Rule(ProgramKind Kind, EvidenceSource Source, Regex Pattern)
    {
        /// <summary>Words that rule the kind out.</summary>
        public Regex? Without { get; init; }

        /// <summary>Words without which the others say too little.</summary>
        public Regex? With { get; init; }
    }
}
