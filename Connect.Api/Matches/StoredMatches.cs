using System.Globalization;
using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Matches;

/// <summary>Queries and mapping of stored matches.</summary>
internal static class StoredMatches
{
    /// <summary>The page after a cursor, best score first, then by id, and one row more if there is one.</summary>
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

    /// <summary>The program of a match that was read already.</summary>
    public static Task<StoredProgram> ReadProgramAsync(ConnectDbContext context, Guid programId, CancellationToken cancellationToken) =>
        context.Programs.Where(p => p.Id == programId)
            .Select(p => new StoredProgram(p.Id, p.Title, p.Agency, p.Category, p.Status, p.BudgetAmount, p.Deadline, p.AnnouncementUrl))
            .SingleAsync(cancellationToken);

    /// <summary>Locks a match of an active organization for a change; null where there is none.</summary>
    public static Task<FundingMatch?> LockAsync(ConnectDbContext context, Guid id, CancellationToken cancellationToken) => context.Matches
        .FromSql(
            $"""
            select m.* from matches m join organizations o on o.id = m.organization_id
            where m.id = {id} and o.status = {nameof(OrganizationStatus.Active)} for update of m
            """)
        .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Tag of the organization's marks only, so that a new computation does not refuse a user's change.</summary>
    public static EntityTagHeaderValue TagOf(FundingMatch match) => new($"\"{(match.Saved ? "saved" : "unsaved")}-{(match.Viewed ? "viewed" : "new")}\"");

    public static StoredMatchItem ToItem(FundingMatch match, StoredProgram program, DateOnly today) => new(
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
            program.Id, program.Title, program.Agency, program.Category, program.Status, program.BudgetAmount?.ToString(CultureInfo.InvariantCulture),
            program.Deadline?.ToOffset(SeoulTime.Offset), program.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null,
            program.AnnouncementUrl));

    /// <summary>The cursor after a match.</summary>
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
            Program = new StoredProgram(p.Id, p.Title, p.Agency, p.Category, p.Status, p.BudgetAmount, p.Deadline, p.AnnouncementUrl),
        };
}

/// <summary>A row and its program.</summary>
internal sealed class StoredMatch
{
    public required FundingMatch Match { get; init; }

    public required StoredProgram Program { get; init; }
}

/// <summary>The columns that are read of a program.</summary>
internal sealed record StoredProgram(
    Guid Id, string Title, Agency Agency, string? Category, ProgramStatus Status, long? BudgetAmount, DateTimeOffset? Deadline,
    string AnnouncementUrl);
