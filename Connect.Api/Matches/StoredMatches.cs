using System.Globalization;
using Connect.Api.Http;
using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Matches;

/// <summary>Stored matches: how they are read, and how they are shown.</summary>
internal static class StoredMatches
{
    /// <summary>The page behind a cursor, best score first, then by id, with one row more where there is one.</summary>
    public static IQueryable<StoredMatch> Read(ConnectDbContext context, StoredMatchQuery query, (int Score, Guid Id)? after, int rows)
    {
        var matches = context.Matches.AsNoTracking().Where(m => m.OrganizationId == query.OrganizationId);
        if (query.Saved is { } saved)
        {
            matches = matches.Where(m => m.Saved == saved);
        }

        if (query.Viewed is { } viewed)
        {
            matches = matches.Where(m => m.Viewed == viewed);
        }

        if (after is var (score, id))
        {
            matches = matches.Where(m => m.Score < score || (m.Score == score && m.Id.CompareTo(id) > 0));
        }

        return Join(context, matches).OrderByDescending(row => row.Match.Score).ThenBy(row => row.Match.Id).Take(rows);
    }

    /// <summary>The call of a match that was read already.</summary>
    public static Task<StoredCall> ReadCallAsync(ConnectDbContext context, Guid programId, CancellationToken cancellationToken) =>
        context.Programs.Where(p => p.Id == programId)
            .Select(p => new StoredCall(p.Id, p.Title, p.Agency, p.Category, p.Status, p.BudgetAmount, p.Deadline, p.AnnouncementUrl))
            .SingleAsync(cancellationToken);

    /// <summary>Locks a match of an active organization for a change; null where there is none.</summary>
    public static Task<FundingMatch?> LockAsync(ConnectDbContext context, Guid id, CancellationToken cancellationToken) => context.Matches
        .FromSql(
            $"""
            select m.* from matches m join organizations o on o.id = m.organization_id
            where m.id = {id} and o.status = {nameof(OrganizationStatus.Active)} for update of m
            """)
        .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Names what the organization did with it, and nothing else: a computation does not disturb who marks it.</summary>
    public static EntityTagHeaderValue TagOf(FundingMatch match) => new($"\"{(match.Saved ? "saved" : "unsaved")}-{(match.Viewed ? "viewed" : "new")}\"");

    public static StoredMatchItem ToItem(FundingMatch match, StoredCall call, DateOnly today) => new(
        match.Id,
        match.OrganizationId,
        match.Score,
        new BreakdownItem(match.IndustryPoints, match.TrlPoints, match.TypePoints, match.RndPoints, match.DeadlinePoints),
        match.Saved,
        match.Viewed,
        match.ComputedAt.ToOffset(SeoulTime.Offset),
        match.AlgorithmVersion,
        TagOf(match).ToString(),
        new StoredMatchProgram(
            call.Id, call.Title, call.Agency, call.Category, call.Status, call.BudgetAmount?.ToString(CultureInfo.InvariantCulture),
            call.Deadline?.ToOffset(SeoulTime.Offset), call.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null,
            call.AnnouncementUrl));

    /// <summary>The cursor behind a match.</summary>
    public static string CursorOf(StoredMatchItem item) => string.Create(CultureInfo.InvariantCulture, $"{item.Score}|{item.Id}");

    public static bool TryReadCursor(string cursor, out (int Score, Guid Id) after)
    {
        after = default;
        if (!Paging.TryDecode(cursor, out var position) || position.Split('|') is not [var scoreText, var idText]
            || !int.TryParse(scoreText, NumberStyles.None, CultureInfo.InvariantCulture, out var score) || !Guid.TryParse(idText, out var id))
        {
            return false;
        }

        after = (score, id);
        return true;
    }

    private static IQueryable<StoredMatch> Join(ConnectDbContext context, IQueryable<FundingMatch> matches) =>
        from m in matches
        join p in context.Programs on m.ProgramId equals p.Id
        select new StoredMatch
        {
            Match = m,
            Call = new StoredCall(p.Id, p.Title, p.Agency, p.Category, p.Status, p.BudgetAmount, p.Deadline, p.AnnouncementUrl),
        };
}

/// <summary>A row and its call.</summary>
internal sealed class StoredMatch
{
    public required FundingMatch Match { get; init; }

    public required StoredCall Call { get; init; }
}

/// <summary>What is read of a call.</summary>
internal sealed record StoredCall(
    Guid Id, string Title, Agency Agency, string? Category, ProgramStatus Status, long? BudgetAmount, DateTimeOffset? Deadline,
    string AnnouncementUrl);
