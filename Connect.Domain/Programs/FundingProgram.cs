using System.Collections.Immutable;
using Connect.Domain.Organizations;

namespace Connect.Domain.Programs;

/// <summary>A program (사업 공고), merged from the boards' announcements, as stored.</summary>
public sealed class FundingProgram
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Agency Agency { get; set; }

    public ProgramKind Kind { get; set; }

    public ProgramStatus Status { get; set; } = ProgramStatus.Active;

    public required string Title { get; set; }

    public string? Description { get; set; }

    /// <summary>부처명.</summary>
    public string? Ministry { get; set; }

    /// <summary>공고기관명.</summary>
    public string? AnnouncingAgency { get; set; }

    public string? Category { get; set; }

    /// <summary>The board's own word for what the announcement is (공고유형, 공모유형).</summary>
    public string? BoardType { get; set; }

    public List<string> Keywords { get; set; } = [];

    /// <summary>Sectors, as classified when the announcement was read; empty means general.</summary>
    public List<Sector> Sectors { get; set; } = [];

    /// <summary>Its classification, besides the columns; see <c>Connect.Domain.Classification</c>.</summary>
    public ProgramTraits Traits { get; set; } = ProgramTraits.Unknown;

    /// <summary>The words behind its classification.</summary>
    public ImmutableArray<ClassificationEvidence> Evidence { get; set; } = [];

    /// <summary>The rules and data that classified it (<c>ProgramClassifier.Version</c>); empty where none has.</summary>
    public string ClassifierVersion { get; set; } = "";

    /// <summary>The types of organizations that may apply; empty means no restriction.</summary>
    public List<OrganizationType> TargetTypes { get; set; } = [];

    /// <summary>Lowest level, as stated or, where nothing is, inferred.</summary>
    public int? MinTrl { get; set; }

    /// <summary>Highest level, as stated or, where nothing is, inferred.</summary>
    public int? MaxTrl { get; set; }

    /// <summary>The types of organizations that the announcement states explicitly.</summary>
    public List<OrganizationType> StatedTargetTypes { get; set; } = [];

    /// <summary>Lowest level that the announcement states.</summary>
    public int? StatedMinTrl { get; set; }

    /// <summary>Highest level that the announcement states.</summary>
    public int? StatedMaxTrl { get; set; }

    /// <summary>Whole KRW; null where not announced.</summary>
    public long? BudgetAmount { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? ApplicationStart { get; set; }

    public DateTimeOffset? Deadline { get; set; }

    /// <summary>
    /// The rounds and the replaced periods that the announcement states, in its order; empty where it states one period and nothing
    /// else. <see cref="ApplicationStart"/> and <see cref="Deadline"/> are those of the round that counts.
    /// </summary>
    public ImmutableArray<ApplicationPeriod> Periods { get; set; } = [];

    /// <summary>Absolute address of the announcement.</summary>
    public required string AnnouncementUrl { get; set; }

    public List<string> AttachmentNames { get; set; } = [];

    /// <summary>Hash that announcements of the same program share; unique.</summary>
    public required string IdentityKey { get; set; }

    /// <summary>
    /// Key that the program's rounds over the years share (<c>Connect.Domain.Series.SeriesKey</c>); null in rows that a release without
    /// it has written, until the worker computes it.
    /// </summary>
    public string? SeriesKey { get; set; }

    /// <summary>Hash that changes with the program's content.</summary>
    public required string Fingerprint { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its content last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>
    /// Whether rankings may contain it, those of upcoming programs included: surveys and other notices stay searchable, but evict
    /// nothing.
    /// </summary>
    public bool IsMatched => Status == ProgramStatus.Upcoming || (Kind == ProgramKind.Call && Status == ProgramStatus.Active);

    /// <summary>Takes start and deadline from the next round where the deadline has passed and another round has not ended.</summary>
    /// <returns>Whether there is such a round.</returns>
    public bool MoveToNextRound(DateTimeOffset now)
    {
        if (!(Deadline < now) || ApplicationPeriod.RoundAt(Periods, now) is not { } next)
        {
            return false;
        }

        (ApplicationStart, Deadline) = (next.Start?.ToUniversalTime(), next.End?.ToUniversalTime());
        return true;
    }
}
