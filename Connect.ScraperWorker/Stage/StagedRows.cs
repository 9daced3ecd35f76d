using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Lease;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Connect.ScraperWorker.Stage;

/// <summary>
/// The rows of runs under way, in the unlogged table <c>scrape_rows</c>. Rows leave memory in batches, and the next attempt of an
/// interrupted run continues with them.
/// </summary>
internal sealed class StagedRows(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Rows of an earlier attempt that are older are not used: their pages may have changed.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private ProgramColumns? _columns;

    /// <summary>Removes rows of the board's earlier runs that ended without a merge, and rows that are too old.</summary>
    public async Task TidyAsync(RunLease lease, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Context(scope).Database.ExecuteSqlAsync(
            $"""
            delete from scrape_rows s using scrape_runs r
            where r.id = s.run_id and r.agency = {lease.Agency.ToString()}
                and (r.id <> {lease.RunId} or s.staged_at < {time.GetUtcNow() - Fresh})
            """,
            cancellationToken);
    }

    /// <summary>Adds rows of the attempt; addresses are unique in it.</summary>
    public async Task AddAsync(RunLease lease, IReadOnlyList<StagedRow> rows, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        StagedRow[] before = [.. rows.Where(row => row.Result.Outcome == RowOutcome.ReadBefore)];
        StagedRow[] copied = [.. rows.Where(row => row.Result.Outcome != RowOutcome.ReadBefore)];
        if (lease.Attempt > 1)
        {
            await RenewAsync(connection, lease, before, copied, cancellationToken);
        }

        var columns = _columns ??= new ProgramColumns(context.Model);
        await using var importer = await connection.BeginBinaryImportAsync(
            $"copy scrape_rows (run_id, address, attempt, ordinal, outcome, staged_at, list_hash, etag, last_modified, {string.Join(", ", columns.Names)}) from stdin (format binary)",
            cancellationToken);
        var now = time.GetUtcNow();
        foreach (var row in copied)
        {
            await importer.StartRowAsync(cancellationToken);
            await WriteHeadAsync(importer, lease, row, now, cancellationToken);
            if (row.Program is { } program)
            {
                await columns.WriteAsync(importer, program, cancellationToken);
                continue;
            }

            for (var i = 0; i < columns.Names.Count; i++)
            {
                await importer.WriteNullAsync(cancellationToken);
            }
        }

        await importer.CompleteAsync(cancellationToken);
    }

    /// <summary>
    /// Updates the planner's statistics when all rows are staged: with those of an empty table it would compare each row with each.
    /// Only the columns that rows are found by, because the others are wide.
    /// </summary>
    public async Task AnalyzeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Context(scope).Database.ExecuteSqlAsync(
            $"analyze scrape_rows (run_id, address, attempt, ordinal, outcome, identity_key)", cancellationToken);
    }

    /// <summary>The known postings of addresses, from earlier runs and from earlier attempts of this run.</summary>
    public async Task<IReadOnlyDictionary<string, KnownPosting>> FindKnownAsync(
        RunLease lease, IReadOnlyCollection<string> addresses, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var known = await Context(scope).Database.SqlQuery<KnownRow>(
            $"""
            select address, list_hash, etag, last_modified, false as in_this_run from program_postings
            where agency = {lease.Agency.ToString()} and address = any({addresses.ToArray()}) and vanished_at is null
            union all
            select address, list_hash, etag, last_modified, true from scrape_rows
            where run_id = {lease.RunId} and address = any({addresses.ToArray()}) and attempt < {lease.Attempt} and outcome = {(short)RowOutcome.Read}
            """).ToListAsync(cancellationToken);

        // Rows of this run are newer than those of earlier runs, and overwrite them.
        var postings = new Dictionary<string, KnownPosting>(StringComparer.Ordinal);
        foreach (var row in known.OrderBy(row => row.InThisRun))
        {
            postings[row.Address] = new(row.ListHash, new(row.Etag, row.LastModified), row.InThisRun);
        }

        return postings;
    }

    /// <summary>The titles of the board's postings by address, the oldest first.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindTitlesAsync(RunLease lease, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var postings = await context.ProgramPostings.Where(posting => posting.Agency == lease.Agency && posting.VanishedAt == null)
            .OrderBy(posting => posting.FirstSeenAt)
            .Join(context.Programs, posting => posting.ProgramId, program => program.Id, (posting, program) => new { posting.Address, program.Title })
            .ToListAsync(cancellationToken);
        return postings.ToDictionary(posting => posting.Address, posting => posting.Title);
    }

    /// <summary>
    /// Postings of open and upcoming programs that the list did not show, the longest unchecked first. That includes postings behind the last
    /// page that is read.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindMissingAsync(RunLease lease, int limit, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope).Database.SqlQuery<string>(
            $"""
            select o.address as "Value" from program_postings o join programs p on p.id = o.program_id
            where o.agency = {lease.Agency.ToString()} and o.vanished_at is null
                and p.status in ('Active', 'Upcoming') and (p.deadline is null or p.deadline > {time.GetUtcNow()})
                and not exists (
                    select from scrape_rows s
                    where s.run_id = {lease.RunId} and s.attempt = {lease.Attempt} and s.address = o.address)
            order by o.checked_at nulls first, o.first_seen_at, o.address
            limit {limit}
            """).ToListAsync(cancellationToken);
    }

    private static ConnectDbContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<ConnectDbContext>();

    private static async Task RenewAsync(
        NpgsqlConnection connection, RunLease lease, StagedRow[] before, StagedRow[] copied, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var renew = new NpgsqlBatchCommand(
            """
            update scrape_rows s set attempt = $2, ordinal = v.ordinal
            from unnest($3::text[], $4::int[]) v(address, ordinal) where s.run_id = $1 and s.address = v.address
            """);
        renew.Parameters.Add(new() { Value = lease.RunId });
        renew.Parameters.Add(new() { Value = lease.Attempt });
        renew.Parameters.Add(new() { Value = before.Select(row => row.Result.Address!).ToArray() });
        renew.Parameters.Add(new() { Value = before.Select(row => row.Ordinal).ToArray() });
        var replace = new NpgsqlBatchCommand("delete from scrape_rows where run_id = $1 and address = any($2)");
        replace.Parameters.Add(new() { Value = lease.RunId });
        replace.Parameters.Add(new() { Value = copied.Select(row => row.Result.Address!).ToArray() });
        batch.BatchCommands.Add(renew);
        batch.BatchCommands.Add(replace);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task WriteHeadAsync(
        NpgsqlBinaryImporter importer, RunLease lease, StagedRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await importer.WriteAsync(lease.RunId, NpgsqlDbType.Uuid, cancellationToken);
        await importer.WriteAsync(row.Result.Address!, NpgsqlDbType.Text, cancellationToken);
        await importer.WriteAsync(lease.Attempt, NpgsqlDbType.Integer, cancellationToken);
        await importer.WriteAsync(row.Ordinal, NpgsqlDbType.Integer, cancellationToken);
        await importer.WriteAsync((short)row.Result.Outcome, NpgsqlDbType.Smallint, cancellationToken);
        await importer.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
        await importer.WriteAsync(row.Result.ListHash, NpgsqlDbType.Text, cancellationToken);
        await WriteTextAsync(importer, row.Result.Validators.ETag, cancellationToken);
        await WriteTextAsync(importer, row.Result.Validators.LastModified, cancellationToken);
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter importer, string? text, CancellationToken cancellationToken) =>
        text is null ? importer.WriteNullAsync(cancellationToken) : importer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);

    private sealed record KnownRow(string Address, string ListHash, string? Etag, string? LastModified, bool InThisRun);
}

/// <summary>A row as it is staged.</summary>
/// <param name="Ordinal">Its place in the crawl: of two rows of one program the first counts.</param>
/// <param name="Result">The crawled row.</param>
/// <param name="Program">Where it was read: the program as it would be stored.</param>
internal sealed record StagedRow(int Ordinal, RowResult Result, FundingProgram? Program);
