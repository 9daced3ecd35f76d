using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Series;

namespace Connect.Api.Programs;

/// <summary>A program's rounds over the years, and when the next one may open.</summary>
/// <param name="ProgramId">The program that was asked for.</param>
/// <param name="Rounds">Its rounds, itself included, the newest first, at most 50.</param>
/// <param name="NextState">Whether a next round can be expected, is there already, or cannot be told.</param>
/// <param name="Next">The window; null unless <c>nextState</c> is <c>EXPECTED</c>.</param>
public sealed record ProgramSeries(Guid ProgramId, IReadOnlyList<SeriesRoundItem> Rounds, NextRoundState NextState, NextRoundItem? Next);

/// <summary>A program of the series.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Title">As announced; plain text.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Status">Whether it is open.</param>
/// <param name="Kind">Kind of the announcement.</param>
/// <param name="PublishedAt">공고일.</param>
/// <param name="ApplicationStart">접수일: first moment to apply.</param>
/// <param name="Deadline">Last moment to apply; null where not announced or rolling.</param>
/// <param name="BudgetAmount">Whole KRW as a decimal string; null where not announced.</param>
/// <param name="AnnouncementUrl">The announcement itself.</param>
/// <param name="Year">The year that the title states, else that of its first date; null where there is neither.</param>
/// <param name="Round">The round within the year (2차, 하반기); null where the title states none.</param>
public sealed record SeriesRoundItem(
    Guid Id, string Title, Agency Agency, ProgramStatus Status, ProgramKind Kind, DateTimeOffset? PublishedAt, DateTimeOffset? ApplicationStart,
    DateTimeOffset? Deadline, string? BudgetAmount, string AnnouncementUrl, int? Year, int? Round);

/// <summary>The window in which the next round may open, from the earlier ones.</summary>
/// <param name="From">First day, in Seoul.</param>
/// <param name="To">Last day, in Seoul.</param>
/// <param name="Confidence">How sure.</param>
/// <param name="Years">The number of years that it is computed from, at most 5.</param>
/// <param name="SpreadDays">How far the farthest of them is from their median, in days.</param>
/// <param name="Overdue">Whether the last expected round did not come, so that the window is that of a later year.</param>
public sealed record NextRoundItem(DateOnly From, DateOnly To, RoundConfidence Confidence, int Years, int SpreadDays, bool Overdue);

/// <summary>Open programs that are like a program.</summary>
/// <param name="ProgramId">The program that was asked for.</param>
/// <param name="Programs">The most similar first.</param>
public sealed record SimilarPrograms(Guid ProgramId, IReadOnlyList<SimilarProgramItem> Programs);

/// <summary>An open program, and what it shares with the one that was asked for.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Title">As announced; plain text.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Ministry">부처명.</param>
/// <param name="BudgetAmount">Whole KRW as a decimal string; null where not announced.</param>
/// <param name="Deadline">Last moment to apply; null where not announced or rolling.</param>
/// <param name="AnnouncementUrl">The announcement itself.</param>
/// <param name="Score">Points; comparable within this answer only.</param>
/// <param name="SharedSectors">The sectors that both have.</param>
/// <param name="SharedKeywords">The keywords that both have, in comparable form, the rarest first, at most 10.</param>
public sealed record SimilarProgramItem(
    Guid Id, string Title, Agency Agency, string? Ministry, string? BudgetAmount, DateTimeOffset? Deadline, string AnnouncementUrl, int Score,
    IReadOnlyList<Sector> SharedSectors, IReadOnlyList<string> SharedKeywords);
