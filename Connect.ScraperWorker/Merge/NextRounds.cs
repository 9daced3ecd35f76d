using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Classification;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Stage;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Merge;

/// <summary>
/// Moves programs whose round has ended to their next round. Their pages do not change then, so a board may never send them again. They
/// are few, so they are read and written one by one.
/// </summary>
internal static class NextRounds
{
    /// <summary>Moves stored programs, writes each change to their history, and saves. The caller holds the <c>ProgramLock</c>.</summary>
    /// <returns>What the changes make outdated.</returns>
    public static async Task<ProgramReach> MoveProgramsAsync(ConnectDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Of a deadline that is set by hand, what the board says moves, whatever the program's own deadline.
        var programs = await context.Programs.FromSql(
            $"""
            select * from programs where periods <> '[]' and id in (
                select id from programs where status in ('Active', 'Upcoming') and deadline < {now}
                union
                select program_id from program_corrections where field = 'Deadline')
            """).ToListAsync(cancellationToken);
        var ids = programs.ConvertAll(program => program.Id);
        var corrections = await context.ProgramCorrections.Where(one => one.Field == CorrectedField.Deadline && ids.Contains(one.ProgramId))
            .ToDictionaryAsync(one => one.ProgramId, cancellationToken);
        var reach = ProgramReach.None;
        foreach (var program in programs)
        {
            var (start, deadline) = (program.ApplicationStart, program.Deadline);
            program.MoveToNextRound(corrections.GetValueOrDefault(program.Id), now);
            FieldChange[] fields =
            [
                .. Changed("application_start", start, program.ApplicationStart),
                .. Changed("deadline", deadline, program.Deadline),
            ];
            if (fields.Length > 0)
            {
                program.UpdatedAt = now;
                context.ProgramChanges.Add(new ProgramChange { ProgramId = program.Id, Kind = ProgramChangeKind.Changed, ChangedAt = now, Fields = [.. fields] });
                reach = reach.With(ProgramEvictions.ReachOf(program.IsMatched));
            }
        }

        await context.SaveChangesAsync(cancellationToken);
        return reach;
    }

    /// <summary>Moves rows of a run whose round has ended since they were read, before they are compared with programs.</summary>
    public static async Task MoveRowsAsync(
        ConnectDbContext context, ProgramColumns columns, RunLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The names are the model's own.
        var select = $$"""
            select {{string.Join(", ", columns.Names)}} from scrape_rows
            where run_id = {0} and attempt = {1} and status in ('Active', 'Upcoming') and deadline < {2} and periods <> '[]'
            """;
        var rows = await context.Programs.FromSqlRaw(select, lease.RunId, lease.Attempt, now).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => row.MoveToNextRound(now)))
        {
            await context.Database.ExecuteSqlAsync(
                $"update scrape_rows set application_start = {row.ApplicationStart}, deadline = {row.Deadline} where run_id = {lease.RunId} and id = {row.Id}",
                cancellationToken);
        }
    }

    private static FieldChange[] Changed(string field, DateTimeOffset? old, DateTimeOffset? @new) =>
        old == @new ? [] : [new(field, FieldChange.TextOf(old), FieldChange.TextOf(@new))];
}
