using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using Connect.Data.Matching;
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
    // Rows of a page where all are read.
    private const int ExportRows = 1_000;

    /// <summary>The page after a cursor, best score first, then by id, and one row more if there is one.</summary>
    public static IQueryable<StoredMatch> Read(
        ConnectDbContext context, StoredMatchFilter filter, (int Score, Guid Id)? after, int rows)
    {
        var organizationId = filter.OrganizationId;
        var matches = context.Matches.AsNoTracking().Where(m => m.OrganizationId == organizationId);
        if (filter.Saved is { } saved)
        {
            matches = matches.Where(m => m.Saved == saved);
        }

        if (filter.Viewed is { } viewed)
        {
            matches = matches.Where(m => m.Viewed == viewed);
        }

        if (filter.Statuses is { IsEmpty: false } asked)
        {
            var statuses = asked.ToArray();
            matches = matches.Where(m => m.Status != null && statuses.Contains(m.Status.Value));
        }

        if (filter.Search is { } search)
        {
            matches = matches.WithWords(context, search);
        }

        if (after is var (score, id))
        {
            matches = matches.Where(m => m.Score < score || (m.Score == score && m.Id.CompareTo(id) > 0));
        }

        return Join(context, matches).OrderByDescending(row => row.Match.Score).ThenBy(row => row.Match.Id).Take(rows);
    }

    /// <summary>All matches, best score first, page by page. One whose score changes meanwhile may come twice or not at all.</summary>
    public static async IAsyncEnumerable<StoredMatchItem> ReadAllAsync(
        ConnectDbContext context, StoredMatchFilter filter, DateOnly today, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (int Score, Guid Id)? after = null;
        List<StoredMatch> page;
        do
        {
            page = await Read(context, filter, after, ExportRows).ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                yield return ToItem(row, today);
            }

            after = page.Count > 0 ? (page[^1].Match.Score, page[^1].Match.Id) : null;
        }
        while (page.Count == ExportRows);
    }

    /// <summary>The item of a match that is being changed.</summary>
    public static async Task<StoredMatchItem> ReadItemAsync(
        ConnectDbContext context, FundingMatch match, DateOnly today, CancellationToken cancellationToken)
    {
        var program = await context.Programs.Where(p => p.Id == match.ProgramId)
            .Select(p => new StoredProgram(p.Id, p.Title, p.Agency, p.Category, p.Status, p.BudgetAmount, p.Deadline, p.AnnouncementUrl))
            .SingleAsync(cancellationToken);
        var email = match.MarkedBy is null ? null : await context.Users
            .Where(u => u.Id == match.MarkedBy && u.OrganizationId == match.OrganizationId).Select(u => u.Email).SingleOrDefaultAsync(cancellationToken);
        var key = match.MarkedByKey is null ? null : await context.ApiKeys
            .Where(k => k.Id == match.MarkedByKey).Select(k => k.Name).SingleOrDefaultAsync(cancellationToken);
        return ToItem(new StoredMatch { Match = match, Program = program, MemberEmail = email, KeyName = key }, today);
    }

    /// <summary>Locks a match of an active organization for a change; null where there is none.</summary>
    public static Task<FundingMatch?> LockAsync(ConnectDbContext context, Guid id, CancellationToken cancellationToken) => context.Matches
        .FromSql(
            $"""
            select m.* from matches m join organizations o on o.id = m.organization_id
            where m.id = {id} and o.status = {nameof(OrganizationStatus.Active)} for update of m
            """)
        .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Tag of the organization's marks only, so that a new computation does not refuse a user's change.</summary>
    public static EntityTagHeaderValue TagOf(FundingMatch match) => new(
        $"\"{(match.Saved ? "saved" : "unsaved")}-{(match.Viewed ? "viewed" : "new")}{SuffixOf(match)}\"");

    public static StoredMatchItem ToItem(StoredMatch row, DateOnly today)
    {
        var (match, program) = (row.Match, row.Program);
        return new(
            match.Id,
            match.OrganizationId,
            match.Score,
            new BreakdownItem(match.IndustryPoints, match.TrlPoints, match.TypePoints, match.RndPoints, match.DeadlinePoints),
            match.Saved,
            match.Viewed,
            match.Status,
            match.DismissalReason,
            match.Note,
            match.StatusAt?.ToOffset(SeoulTime.Offset),
            match.MarkedAt?.ToOffset(SeoulTime.Offset),
            MarkReads.AuthorOf(match.MarkedBy, row.MemberEmail, match.MarkedByKey, row.KeyName),
            match.ComputedAt.ToOffset(SeoulTime.Offset),
            match.AlgorithmVersion,
            TagOf(match).ToString(),
            ToProgram(program, today));
    }

    /// <summary>The cursor after a match.</summary>
    public static string CursorOf(StoredMatchItem item) => string.Create(CultureInfo.InvariantCulture, $"{item.Score}|{item.Id}");

    public static bool TryReadCursor(string cursor, out (int Score, Guid Id)? after)
    {
        after = null;
        if (!Paging.TryDecode(cursor, out var position) || position.Split('|') is not [var scoreText, var idText]
            || !int.TryParse(scoreText, NumberStyles.None, CultureInfo.InvariantCulture, out var score) || !Guid.TryParse(idText, out var id))
        {
            return false;
        }

        after = (score, id);
        return true;
    }

    private static StoredMatchProgram ToProgram(StoredProgram program, DateOnly today) => new(
        program.Id, program.Title, program.Agency, program.Category, program.Status, program.BudgetAmount?.ToString(CultureInfo.InvariantCulture),
        program.Deadline?.ToOffset(SeoulTime.Offset), program.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null,
        program.AnnouncementUrl);

    // Nothing for a match without status and note. No name and no reason contains the separator.
    private static string SuffixOf(FundingMatch match) => (match.Status, match.Note) == (null, null)
        ? ""
        : $"-{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{match.Status}|{match.DismissalReason}|{match.Note}")):x16}";

    private static IQueryable<StoredMatch> Join(ConnectDbContext context, IQueryable<FundingMatch> matches) =>
        from m in matches
        join p in context.Programs on m.ProgramId equals p.Id
        join u in context.Users on new { Id = m.MarkedBy, Of = (Guid?)m.OrganizationId } equals new { Id = (Guid?)u.Id, Of = u.OrganizationId } into members
        from member in members.DefaultIfEmpty()
        join k in context.ApiKeys on m.MarkedByKey equals (Guid?)k.Id into keys
        from key in keys.DefaultIfEmpty()
        select new StoredMatch
        {
            Match = m,
            Program = new StoredProgram(p.Id, p.Title, p.Agency, p.Category, p.Status, p.BudgetAmount, p.Deadline, p.AnnouncementUrl),
            MemberEmail = member.Email,
            KeyName = key.Name,
        };
}

/// <summary>A row, its program, and the name of the member or key that marked it last.</summary>
internal sealed class StoredMatch
{
    public required FundingMatch Match { get; init; }

    public required StoredProgram Program { get; init; }

    public string? MemberEmail { get; init; }

    public string? KeyName { get; init; }
}

/// <summary>The columns that are read of a program.</summary>
internal sealed record StoredProgram(
    Guid Id, string Title, Agency Agency, string? Category, ProgramStatus Status, long? BudgetAmount, DateTimeOffset? Deadline,
    string AnnouncementUrl);
