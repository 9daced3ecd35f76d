using System.Text.Json.Serialization;

namespace Connect.AgencySimulator.Control;

/// <summary>How many announcements to change in each way, each 0 to 100,000.</summary>
/// <param name="New">Announced, on top of the lists.</param>
/// <param name="Changed">With another deadline, amount, keywords, level or text.</param>
/// <param name="Closed">Closed ahead of time.</param>
/// <param name="Withdrawn">Gone: off the list, and 404 for the detail.</param>
/// <param name="Reposted">
/// Republished under another id: in turns as (연장공고) with a later deadline, which replaces the old one, and as (재공고),
/// which leaves the old one on the board.
/// </param>
/// <param name="Moved">The same under another id; 404 for the old one.</param>
internal sealed record AdvanceRequest(
    int New = 0, int Changed = 0, int Closed = 0, int? Withdrawn = null, int? Reposted = null, int? Moved = null);

/// <summary>
/// The changes that were made: only open, ordinary announcements can be chosen. The last three are null unless
/// requested.
/// </summary>
internal sealed record AdvanceResponse(
    int New,
    int Changed,
    int Closed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Withdrawn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Reposted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Moved);

/// <param name="Board">The board's agency.</param>
/// <param name="Kind">A <see cref="FaultKind"/> with a small first letter.</param>
/// <param name="Count">How many requests fail, 0 to 100,000; 0 cancels pending faults of this kind.</param>
/// <param name="After">How many requests to the board are answered before, 0 to 10,000.</param>
internal sealed record FaultRequest(string? Board, string? Kind, int Count = 1, int After = 0);

internal sealed record StateResponse(IEnumerable<StateItem> Items);

/// <param name="Board">The board's agency.</param>
/// <param name="Title">As readers see it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Open">Whether it can be applied for now.</param>
/// <param name="Deadline">ISO 8601 in KST; null where there is none.</param>
/// <param name="BudgetAmount">Whole won as a decimal string; null where unknown.</param>
internal sealed record StateItem(string Board, string Title, string Kind, bool Open, string? Deadline, string? BudgetAmount);

internal sealed record RequestsResponse(IReadOnlyDictionary<string, BoardRequests> Boards);

/// <param name="Lists">Requests for list pages.</param>
/// <param name="Details">Requests for detail pages.</param>
/// <param name="NotModified">Of those, answered 304.</param>
/// <param name="Faults">Requests of either sort that met a fault.</param>
internal sealed record BoardRequests(long Lists, long Details, long NotModified, long Faults);
