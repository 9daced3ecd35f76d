using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Api.Programs;

/// <summary>A program in a list.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Title">As announced; plain text.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Kind">Only <c>CALL</c> is matched.</param>
/// <param name="Status">Whether it is open.</param>
/// <param name="Ministry">부처명.</param>
/// <param name="Category">The board's category.</param>
/// <param name="Sectors">Sectors as classified; empty means general.</param>
/// <param name="BudgetAmount">Whole KRW as a decimal string; null where not announced.</param>
/// <param name="Deadline">Last moment to apply; null where not announced or rolling.</param>
/// <param name="AnnouncementUrl">The announcement itself.</param>
public sealed record ProgramSummary(
    Guid Id, string Title, Agency Agency, ProgramKind Kind, ProgramStatus Status, string? Ministry, string? Category,
    IReadOnlyList<Sector> Sectors, string? BudgetAmount, DateTimeOffset? Deadline, string AnnouncementUrl);

/// <summary>A program with all its data.</summary>
/// <param name="Summary">The fields of the list.</param>
/// <param name="Description">Body text.</param>
/// <param name="AnnouncingAgency">공고기관명.</param>
/// <param name="Keywords">Keywords, where the page states them.</param>
/// <param name="TargetTypes">Who may apply; empty means no restriction.</param>
/// <param name="MinTrl">Lowest technology readiness level, as stated or inferred.</param>
/// <param name="MaxTrl">Highest technology readiness level, as stated or inferred.</param>
/// <param name="TrlConfidence">How the levels are known.</param>
/// <param name="Intent">Its goal; null where it does not say.</param>
/// <param name="Regions">The provinces that it is for; empty for everywhere.</param>
/// <param name="Evidence">The words that it was classified by.</param>
/// <param name="PublishedAt">공고일.</param>
/// <param name="ApplicationStart">접수일: first moment to apply, of several rounds that of the one that counts.</param>
/// <param name="Periods">
/// Its rounds and its replaced periods, in the order of the announcement; empty where it states one period and nothing else.
/// </param>
/// <param name="AttachmentNames">Names of the attached files.</param>
/// <param name="UpdatedAt">When its content last changed.</param>
/// <param name="Postings">Its postings: on its agency's board first, then on others.</param>
/// <param name="Changes">Changes since it was first read, the newest first, at most 20.</param>
public sealed record ProgramDetail(
    ProgramSummary Summary, string? Description, string? AnnouncingAgency, IReadOnlyList<string> Keywords,
    IReadOnlyList<OrganizationType> TargetTypes, int? MinTrl, int? MaxTrl, TrlConfidence TrlConfidence, ProgramIntent? Intent,
    IReadOnlyList<Region> Regions, IReadOnlyList<EvidenceItem> Evidence, DateTimeOffset? PublishedAt,
    DateTimeOffset? ApplicationStart, IReadOnlyList<PeriodItem> Periods, IReadOnlyList<string> AttachmentNames, DateTimeOffset UpdatedAt,
    IReadOnlyList<PostingItem> Postings, IReadOnlyList<ChangeItem> Changes);

/// <summary>A period of applications that the announcement states.</summary>
/// <param name="Start">First moment to apply; null where not announced.</param>
/// <param name="End">Last moment to apply; null where not announced.</param>
/// <param name="Replaced">
/// Whether the announcement itself has replaced it. The others are rounds; the program's start and deadline are those of the next one to end.
/// </param>
public sealed record PeriodItem(DateTimeOffset? Start, DateTimeOffset? End, bool Replaced);

/// <summary>A program on one board under one address.</summary>
/// <param name="Agency">The board's agency.</param>
/// <param name="Url">The announcement there.</param>
/// <param name="FirstSeenAt">When it was first read there.</param>
/// <param name="VanishedAt">When it was found to be gone; null while it stands there.</param>
public sealed record PostingItem(Agency Agency, string Url, DateTimeOffset FirstSeenAt, DateTimeOffset? VanishedAt);

/// <summary>A change of a program.</summary>
/// <param name="Kind">Kind of the change.</param>
/// <param name="ChangedAt">When it was found.</param>
/// <param name="Fields">The fields that differ, by their names in this document; lists are joined by " | ".</param>
public sealed record ChangeItem(ProgramChangeKind Kind, DateTimeOffset ChangedAt, IReadOnlyList<FieldChange> Fields);

/// <summary>One classification, and the words that it is based on.</summary>
/// <param name="What">kind, sector, audience, region, intent, trl, structure, scale, startUp, years or designated.</param>
/// <param name="Value">The classified value.</param>
/// <param name="Words">The words; empty where a field states it.</param>
/// <param name="Source">The part of the announcement.</param>
public sealed record EvidenceItem(string What, string Value, IReadOnlyList<string> Words, EvidenceSource Source);
