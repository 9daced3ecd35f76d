using Connect.Data.Model;
using Connect.Domain.Programs;

namespace Connect.Api.Scrapes;

/// <summary>The boards to read.</summary>
/// <param name="Agency">The board's agency; null for all that a worker reads.</param>
public sealed record ScrapeRequest(Agency? Agency);

/// <summary>Runs that were asked for: queued now, or waiting already.</summary>
/// <param name="RunIds">Their ids, in the order of the agencies; see <c>GET /api/admin/scrapes</c>.</param>
public sealed record ScrapeAccepted(IReadOnlyList<Guid> RunIds);

/// <summary>One run over one board.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Agency">The board's agency.</param>
/// <param name="Trigger">The reason.</param>
/// <param name="Status">Its state.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="StartedAt">When a worker began it.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="DurationSeconds">From start to end; waiting is not counted.</param>
/// <param name="Attempts">Attempts: more than one if a worker died during the run.</param>
/// <param name="ProgressAt">When the worker last stored its progress.</param>
/// <param name="Found">Readable rows; grows while it runs.</param>
/// <param name="NotModified">Of these, rows whose page the board answered with 304.</param>
/// <param name="New">Programs that were not known.</param>
/// <param name="Changed">Known programs whose content changed.</param>
/// <param name="Unchanged">Known programs without a change.</param>
/// <param name="Vanished">Open programs that no board has any more.</param>
/// <param name="Reposted">New postings of known programs: published again, moved, or also on another board.</param>
/// <param name="Failed">Unreadable rows; grows while it runs.</param>
/// <param name="Error">Why it failed or is suspicious.</param>
/// <param name="RowErrors">The first rows that are unreadable, or of which the period is not understood in every part.</param>
public sealed record ScrapeRunItem(
    Guid Id, Agency Agency, ScrapeTrigger Trigger, ScrapeStatus Status, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt, double? DurationSeconds, int Attempts, DateTimeOffset? ProgressAt, int Found, int NotModified, int New,
    int Changed, int Unchanged, int Vanished, int Reposted, int Failed, string? Error,
    IReadOnlyList<string> RowErrors);

/// <summary>One page of runs, and the boards.</summary>
/// <param name="Items">The page's runs.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last.</param>
/// <param name="Boards">All boards, also those that are switched off.</param>
public sealed record ScrapeRunPage(IReadOnlyList<ScrapeRunItem> Items, string? NextCursor, IReadOnlyList<ScrapedBoard> Boards);

/// <summary>A board, and on what evidence its layout is believed to work.</summary>
/// <param name="Agency">The board's agency.</param>
/// <param name="Enabled">Whether workers read it.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record ScrapedBoard(Agency Agency, bool Enabled, LayoutEvidence Evidence);

/// <summary>What a board's layout was last held against.</summary>
/// <param name="List">Of its list; null where it is not known.</param>
/// <param name="Detail">Of its detail pages; null where it is not known, or the board has none.</param>
/// <param name="Seen">The month of that, as 2026-08; null where it is not known.</param>
public sealed record LayoutEvidence(EvidenceBasis? List, EvidenceBasis? Detail, string? Seen);
