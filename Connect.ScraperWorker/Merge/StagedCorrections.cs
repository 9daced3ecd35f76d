using Connect.Data.Model;
using Connect.Domain.Classification;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Stage;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Merge;

/// <summary>A staged row of a program with fields that are set by hand.</summary>
/// <param name="StagedId">The id of the program that it would be if it were new.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="ClassifierVersion">The rules that classified the stored program.</param>
internal sealed record CorrectedRow(Guid StagedId, Guid ProgramId, string ClassifierVersion);

/// <summary>
/// Sets in staged rows what administrators have set in their programs, so that a merge compares and copies that. They are few, so
/// they are read and written one by one.
/// </summary>
internal static class StagedCorrections
{
    /// <summary>Applies corrections, and marks those as conflicts of which the board has changed the field.</summary>
    public static async Task ApplyAsync(
        ConnectDbContext context, List<CorrectedRow> rows, ProgramColumns columns, Guid runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            // The names are the model's own.
            var select = $"select {string.Join(", ", columns.Names)} from scrape_rows where run_id = {{0}} and id = {{1}}";
            var staged = await context.Programs.FromSqlRaw(select, runId, row.StagedId).AsNoTracking().SingleAsync(cancellationToken);
            var corrections = await context.ProgramCorrections.Where(one => one.ProgramId == row.ProgramId).ToListAsync(cancellationToken);
            staged.Apply(corrections, rulesChanged: row.ClassifierVersion != staged.ClassifierVersion, now);
            await context.Database.ExecuteSqlAsync(
                $"""
                update scrape_rows set
                    kind = {staged.Kind.ToString()}, status = {staged.Status.ToString()}, deadline = {staged.Deadline},
                    budget_amount = {staged.BudgetAmount}, target_types = {staged.TargetTypes.ConvertAll(type => type.ToString())},
                    sectors = {staged.Sectors.ConvertAll(sector => sector.ToString())},
                    traits = {ProgramJson.Write(staged.Traits)}::jsonb, evidence = {ProgramJson.Write(staged.Evidence)}::jsonb
                where run_id = {runId} and id = {row.StagedId}
                """,
                cancellationToken);
        }
    }
}
