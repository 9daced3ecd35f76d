using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.ScraperWorker.Check;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Stage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.ScraperWorker.Merge;

/// <summary>Merges the staged rows of a run into programs and postings, inside the transaction that is open on the context.</summary>
internal sealed class RunMerge
{
    /// <summary>Number of new programs from which the planner's statistics are updated.</summary>
    private const int ManyNew = 1_000;

    // Long enough for 100,000 rows on a slow disk.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly ConnectDbContext _context;
    private readonly NpgsqlConnection _connection;
    private readonly ProgramColumns _columns;
    private readonly RunLease _lease;
    private readonly DateTimeOffset _now;

    public RunMerge(ConnectDbContext context, RunLease lease, DateTimeOffset now)
    {
        _context = context;
        _connection = (NpgsqlConnection)context.Database.GetDbConnection();
        _columns = new ProgramColumns(context.Model);
        (_lease, _now) = (lease, now);
    }

    /// <returns>The counts, and what the changes make outdated.</returns>
    /// <exception cref="LeaseLostException">Another instance has taken up the run.</exception>
    /// <exception cref="SuspiciousRunException">Too many programs would vanish; roll back.</exception>
    public async Task<(MergeCounts Counts, ProgramReach Reach)> RunAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(ProgramLock.Sql, cancellationToken);
        await using (var fence = Command(MergeSql.Fence))
        {
            if (await fence.ExecuteScalarAsync(cancellationToken) is null)
            {
                throw new LeaseLostException(_lease.RunId);
            }
        }

        // Programs and rows are brought to one moment before they are compared.
        var moved = await NextRounds.MoveProgramsAsync(_context, _now, cancellationToken);
        await NextRounds.MoveRowsAsync(_context, _columns, _lease, _now, cancellationToken);
        await ExecuteAsync(MergeSql.Match, cancellationToken);
        await RenameAsync(cancellationToken);
        await ExecuteAsync(MergeSql.Choose, cancellationToken);
        await ExecuteAsync(AmountSql.Complete, cancellationToken);
        await StagedCorrections.ApplyAsync(_context, await CorrectedAsync(cancellationToken), _columns, _lease.RunId, _now, cancellationToken);
        await ExecuteAsync(MergeSql.Compare, cancellationToken);
        await ExecuteAsync(MergeSql.Write(_columns), cancellationToken);
        await ExecuteAsync(MergeSql.Keep, cancellationToken);
        await ExecuteAsync(AmountSql.Amounts, cancellationToken);
        await ExecuteAsync(MergeSql.Reread, cancellationToken);
        await ExecuteAsync(MergeSql.Vanish, cancellationToken);
        await ExecuteAsync(MergeSql.FindVanished, cancellationToken);
        await CheckVanishedAsync(cancellationToken);
        await ExecuteAsync(MergeSql.End, cancellationToken);
        var (counts, reach) = await CountAsync(cancellationToken);
        await ExecuteAsync(MergeSql.Forget, cancellationToken);
        if (counts.New >= ManyNew)
        {
            await ExecuteAsync(MergeSql.Analyze, cancellationToken);
        }

        return (counts, reach.With(moved));
    }

    private async Task RenameAsync(CancellationToken cancellationToken)
    {
        List<string> renamed = [];
        Dictionary<Guid, string> identities = [];
        Dictionary<string, Guid> programs = [];
        await using (var command = Command(MergeSql.Renames))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var (identity, program) = (reader.GetString(1), reader.GetGuid(4));

                // Two titles at two addresses of one program make two programs: the first stays the known one. Two
                // programs with the same new title become one: the second one's row joins the first.
                if (TitleLikeness.IsRenamed(reader.GetString(3), reader.GetString(2))
                    && identities.GetValueOrDefault(program, identity) == identity
                    && programs.GetValueOrDefault(identity, program) == program)
                {
                    (identities[program], programs[identity]) = (identity, program);
                    renamed.Add(reader.GetString(0));
                }
            }
        }

        if (renamed.Count > 0)
        {
            await using var command = Command(MergeSql.Rename);
            command.Parameters.AddWithValue("renamed", renamed);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<List<CorrectedRow>> CorrectedAsync(CancellationToken cancellationToken)
    {
        List<CorrectedRow> rows = [];
        await using var command = Command(MergeSql.Corrected);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2)));
        }

        return rows;
    }

    private async Task CheckVanishedAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(MergeSql.CountVanished);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (vanished, active) = (reader.GetInt32(0), reader.GetInt32(1));
        RunCheck.CheckVanished(vanished, active);
    }

    private async Task<(MergeCounts Counts, ProgramReach Reach)> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(MergeSql.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var added = reader.GetInt32(0);
        var counts = new MergeCounts(added, reader.GetInt32(1), reader.GetInt32(2)) { Vanished = reader.GetInt32(3), Reposted = reader.GetInt32(4) - added };
        return (counts, counts is { New: 0, Changed: 0, Vanished: 0 } ? ProgramReach.None : ProgramEvictions.ReachOf(reader.GetBoolean(5)));
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = (int)Timeout.TotalSeconds };
        command.Parameters.AddWithValue("run", _lease.RunId);
        command.Parameters.AddWithValue("attempt", _lease.Attempt);
        command.Parameters.AddWithValue("agency", _lease.Agency.ToString());
        command.Parameters.AddWithValue("now", _now);
        return command;
    }
}
