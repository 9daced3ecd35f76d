using System.Text.Json.Serialization;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Api.Programs;

/// <summary>A program in a list.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Title">As announced; plain text.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Kind">Only <c>CALL</c> is matched.</param>
/// <param name="Status">Whether it is open, as it is now.</param>
/// <param name="Ministry">부처명.</param>
/// <param name="Category">The board's category.</param>
/// <param name="Sectors">Sectors as classified; empty means general.</param>
/// <param name="BudgetAmount">Whole KRW as a decimal string; null where not announced.</param>
/// <param name="PublishedAt">공고일; null where not announced.</param>
/// <param name="Deadline">Last moment to apply; null where not announced or rolling.</param>
/// <param name="AnnouncementUrl">The announcement itself.</param>
public sealed record ProgramSummary(
    Guid Id, string Title, Agency Agency, ProgramKind Kind, ProgramStatus Status, string? Ministry, string? Category,
    IReadOnlyList<Sector> Sectors, string? BudgetAmount, DateTimeOffset? PublishedAt, DateTimeOffset? Deadline, string AnnouncementUrl)
{
    /// <summary>Where a search has found it; only with <c>highlight=true</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProgramHits? Hits { get; init; }
}

/// <summary>A page of the list of programs.</summary>
/// <param name="Items">The page's programs: the open ones first, then upcoming, then closed ones.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record ProgramPage(IReadOnlyList<ProgramSummary> Items, string? NextCursor)
{
    /// <summary>Counts of the whole list; only with <c>facets=true</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProgramFacets? Facets { get; init; }
}

/// <summary>
/// How many programs have each value of a field, the most frequent first. The field's own filter does not count, so that the numbers
/// tell what another choice would give. A program with several values counts for each.
/// </summary>
/// <param name="Agency">By agency.</param>
/// <param name="Kind">By kind.</param>
/// <param name="Status">By status, as it is now.</param>
/// <param name="Sector">By sector; null is general.</param>
/// <param name="Region">By province; null is everywhere.</param>
/// <param name="Audience">By type of organization; null is no restriction.</param>
public sealed record ProgramFacets(
    IReadOnlyList<FacetItem> Agency, IReadOnlyList<FacetItem> Kind, IReadOnlyList<FacetItem> Status, IReadOnlyList<FacetItem> Sector,
    IReadOnlyList<FacetItem> Region, IReadOnlyList<FacetItem> Audience);

/// <summary>How many programs have a value.</summary>
/// <param name="Value">The value, as filters take it; null for programs that state none, because they are for all.</param>
/// <param name="Count">The number of programs.</param>
public sealed record FacetItem(string? Value, int Count);

/// <summary>Where a search has found a program.</summary>
/// <param name="Title">Places in the title.</param>
/// <param name="Keywords">Keywords with places in them.</param>
/// <param name="Text">Places in a part of another text; null where no word is there.</param>
public sealed record ProgramHits(IReadOnlyList<HitPlace> Title, IReadOnlyList<TextHits> Keywords, TextHits? Text);

/// <summary>A text, or a part of one, and the places in it.</summary>
/// <param name="Field">keywords, description, ministry, category or announcingAgency.</param>
/// <param name="Text">The keyword, or some 160 characters of the text around the first place; plain text.</param>
/// <param name="Places">The places in <paramref name="Text"/>.</param>
public sealed record TextHits(string Field, string Text, IReadOnlyList<HitPlace> Places);

/// <summary>A place in a text, in UTF-16 code units, as JavaScript and .NET count.</summary>
/// <param name="Start">The first one, from 0.</param>
/// <param name="Length">How many.</param>
public sealed record HitPlace(int Start, int Length);

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
