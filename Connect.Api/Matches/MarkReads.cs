using System.Globalization;
using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Matches;

/// <summary>Reads an organization's history and outcomes of matches.</summary>
internal static class MarkReads
{
    private const string DayFormat = "yyyy-MM-dd";
    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly DateOnly LastDay = new(2999, 12, 31);

    /// <summary>The message for a text that is no day.</summary>
    public const string NoDay = "A day in Seoul such as 2026-01-31, from the year 2000 on.";

    /// <summary>One change, as members of the organization see it.</summary>
    public static MatchMarkChangeItem ToItem(MatchMarkChange change, Guid organizationId) => new(
        change.Id, change.At.ToOffset(SeoulTime.Offset),
        AuthorOf(change.UserId, change.User?.OrganizationId == organizationId ? change.User?.Email : null, change.KeyId, change.Key?.Name),
        change.FromStatus, change.ToStatus, change.DismissalReason, change.Note);

    /// <summary>The user or key that set it; null once that account or key is deleted.</summary>
    public static MarkAuthor? AuthorOf(Guid? userId, string? email, Guid? keyId, string? keyName) =>
        userId is null && keyId is null ? null : new MarkAuthor(userId, keyId, userId is null ? keyName : email);

    /// <summary>Counts matches by the status that they have, of those whose status was set within a time.</summary>
    /// <param name="context">The database.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="from">The first day in Seoul; null for no bound.</param>
    /// <param name="to">The last day in Seoul; null for no bound.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MatchOutcomes> CountAsync(
        ConnectDbContext context, Guid organizationId, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        var matches = context.Matches.Where(m => m.OrganizationId == organizationId && m.Status != null);
        if (from is { } first)
        {
            var start = StartOf(first);
            matches = matches.Where(m => m.StatusAt >= start);
        }

        if (to is { } last)
        {
            var end = StartOf(last.AddDays(1));
            matches = matches.Where(m => m.StatusAt < end);
        }

        var offset = SeoulTime.Offset.TotalHours;
        var groups = await matches
            .GroupBy(m => new { m.Status, m.DismissalReason, m.StatusAt!.Value.AddHours(offset).Year })
            .Select(group => new OutcomeGroup(group.Key.Status!.Value, group.Key.DismissalReason, group.Key.Year, group.Count()))
            .ToListAsync(cancellationToken);
        return new MatchOutcomes(
            organizationId, CountStatuses(groups),
            [.. Enum.GetValues<DismissalReason>().Select(reason => new DismissalReasonCount(
                reason, groups.Where(group => group.Reason == reason).Sum(group => group.Count)))],
            [.. groups.GroupBy(group => group.Year).OrderByDescending(year => year.Key).Select(year => new OutcomeYear(year.Key, CountStatuses(year)))]);
    }

    /// <summary>Reads a day; false for a text that is none, null is no day.</summary>
    public static bool TryReadDay(string? text, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) || read < FirstDay || read > LastDay)
        {
            return false;
        }

        day = read;
        return true;
    }

    private static IReadOnlyList<StatusCount> CountStatuses(IEnumerable<OutcomeGroup> groups) =>
    [
        .. Enum.GetValues<MatchStatus>().Select(status => new StatusCount(status, groups.Where(group => group.Status == status).Sum(group => group.Count))),
    ];

    private static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), SeoulTime.Offset).ToUniversalTime();

    private sealed record OutcomeGroup(MatchStatus Status, DismissalReason? Reason, int Year, int Count);
}
