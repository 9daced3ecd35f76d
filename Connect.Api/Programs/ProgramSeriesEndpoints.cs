using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Connect.Data.Model;
using Connect.Data.Programs;
using Connect.Domain.Matching;
using Connect.Domain.Programs;
using Connect.Domain.Series;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Programs;

/// <summary><c>/api/programs/{id}/series</c> and <c>/api/programs/{id}/similar</c>.</summary>
internal static class ProgramSeriesEndpoints
{
    private const int MaxRounds = 50;

    public static void MapProgramSeries(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/programs/{id:guid}").WithTags("Programs").RequireAuthorization(Caller.ReadPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/series", GetSeriesAsync).WithName("GetProgramSeries").WithContentTag()
            .WithSummary("A program's rounds over the years, and when the next one may open.");
        group.MapGet("/similar", GetSimilarAsync).WithName("ListSimilarPrograms").WithContentTag()
            .WithSummary("Open programs that are most like one.");
    }

    private static async Task<Results<Ok<ProgramSeries>, ProblemHttpResult>> GetSeriesAsync(
        Guid id, ConnectDbContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await RoundsOf(context.Programs.Where(p => p.Id == id)).SingleOrDefaultAsync(cancellationToken) is not { } program)
        {
            return Problems.NotFound("Program");
        }

        var rounds = await ReadRoundsAsync(context, program, cancellationToken);
        var now = time.GetUtcNow();
        var (state, next) = NextRound.Expect(rounds.ConvertAll(round => RoundDates.Of(round, now)), now);
        return TypedResults.Ok(new ProgramSeries(
            id, rounds.ConvertAll(ToItem), state,
            next is null ? null : new(next.From, next.To, next.Confidence, next.Years, next.SpreadDays, next.IsOverdue)));
    }

    private static async Task<Results<Ok<SimilarPrograms>, ValidationProblem, ProblemHttpResult>> GetSimilarAsync(
        Guid id, SimilarProgramReader reader, CancellationToken cancellationToken,
        [Range(1, SimilarProgramReader.MaxPrograms)] int limit = 5) =>
        await reader.FindAsync(id, limit, cancellationToken) is { } similar
            ? TypedResults.Ok(new SimilarPrograms(id, [.. similar.Select(ToItem)]))
            : Problems.NotFound("Program");

    /// <summary>The rounds of the program's series, itself included, the newest first.</summary>
    private static async Task<List<FundingProgram>> ReadRoundsAsync(ConnectDbContext context, FundingProgram program, CancellationToken cancellationToken)
    {
        // A row that an older release has written has no key yet.
        var key = program.SeriesKey is { } stored && stored.StartsWith(SeriesKey.Prefix, StringComparison.Ordinal) ? stored : SeriesKey.Of(program);
        if (!SeriesKey.IsSeries(key))
        {
            return [program];
        }

        var others = await RoundsOf(context.Programs.Where(p => p.SeriesKey == key && p.Id != program.Id)
                .OrderByDescending(p => p.ApplicationStart ?? p.PublishedAt ?? p.Deadline ?? p.CreatedAt).ThenByDescending(p => p.Id))
            .Take(MaxRounds - 1).ToListAsync(cancellationToken);
        return [.. others.Append(program).OrderByDescending(p => RoundDates.OpenedOf(p) ?? p.CreatedAt).ThenByDescending(p => p.Id)];
    }

    private static IQueryable<FundingProgram> RoundsOf(IQueryable<FundingProgram> programs) => programs.AsNoTracking().Select(p => new FundingProgram
    {
        Id = p.Id,
        Title = p.Title,
        Agency = p.Agency,
        Status = p.Status,
        Kind = p.Kind,
        Ministry = p.Ministry,
        AnnouncingAgency = p.AnnouncingAgency,
        PublishedAt = p.PublishedAt,
        ApplicationStart = p.ApplicationStart,
        Deadline = p.Deadline,
        BudgetAmount = p.BudgetAmount,
        AnnouncementUrl = p.AnnouncementUrl,
        SeriesKey = p.SeriesKey,
        CreatedAt = p.CreatedAt,
        IdentityKey = "",
        Fingerprint = "",
    });

    private static SeriesRoundItem ToItem(FundingProgram round)
    {
        var (year, number) = SeriesRound.Read(round.Title, RoundDates.OpenedOf(round));
        return new(
            round.Id, round.Title, round.Agency, round.Status, round.Kind, round.PublishedAt?.ToOffset(SeoulTime.Offset),
            round.ApplicationStart?.ToOffset(SeoulTime.Offset), round.Deadline?.ToOffset(SeoulTime.Offset),
            round.BudgetAmount?.ToString(CultureInfo.InvariantCulture), round.AnnouncementUrl, year, number);
    }

    private static SimilarProgramItem ToItem(SimilarProgram similar) => new(
        similar.Program.Id, similar.Program.Title, similar.Program.Agency, similar.Program.Ministry,
        similar.Program.BudgetAmount?.ToString(CultureInfo.InvariantCulture), similar.Program.Deadline?.ToOffset(SeoulTime.Offset),
        similar.Program.AnnouncementUrl, similar.Score, similar.SharedSectors, similar.SharedKeywords);
}
