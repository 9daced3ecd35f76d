using System.Globalization;
using System.Text.Json;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Boards;

/// <summary>Compares the database with the announcements that the boards publish.</summary>
internal static class PublishedBoards
{
    /// <summary>
    /// The database has every announcement once, on its board, with kind, deadline, budget and status, and nothing
    /// else. Announcements of one program are recognized by their titles without marks of republication.
    /// </summary>
    public static async Task AssertStoredAsync(ConnectDbContext context, IReadOnlyList<StateRow> published)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var programs = await context.Programs.AsNoTracking().ToListAsync(cancellationToken);
        var postings = await context.ProgramPostings.AsNoTracking().Where(posting => posting.VanishedAt == null).ToListAsync(cancellationToken);
        var titles = programs.ToDictionary(program => program.Id, program => Titles.Normalize(program.Title));

        Assert.Equal(
            Sorted(published.Select(row => $"{row.Board} {Titles.Normalize(row.Title)}")),
            Sorted(postings.Select(posting => $"{posting.Agency} {titles[posting.ProgramId]}")));
        Assert.Equal(
            Sorted(published.Select(row => Described(Titles.Normalize(row.Title), row)).Distinct()),
            Sorted(programs.Where(program => postings.Exists(posting => posting.ProgramId == program.Id)).Select(Described)));

        // Programs that no board has are expired, and none is stored twice.
        Assert.All(programs.Where(program => !postings.Exists(posting => posting.ProgramId == program.Id)), program => Assert.NotEqual(ProgramStatus.Active, program.Status));
        Assert.Equal(programs.Count, programs.Select(program => program.IdentityKey).Distinct().Count());
    }

    private static string Described(string title, StateRow row) => $"{title}: {row.Kind} {row.Open} {row.Deadline} {row.BudgetAmount}";

    private static string Described(FundingProgram program) => Described(
        Titles.Normalize(program.Title),
        new(
            "", "", JsonNamingPolicy.SnakeCaseUpper.ConvertName(program.Kind.ToString()), program.Status == ProgramStatus.Active,
            program.Deadline?.ToOffset(SeoulTime.Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            program.BudgetAmount?.ToString(CultureInfo.InvariantCulture)));

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];
}
