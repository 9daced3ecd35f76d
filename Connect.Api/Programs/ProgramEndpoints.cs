using System.Globalization;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Programs;

/// <summary><c>/api/programs</c>.</summary>
internal static class ProgramEndpoints
{
    private const int MaxChanges = 20;

    public static void MapPrograms(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/programs").WithTags("Programs").RequireAuthorization(Caller.ReadPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/", ListAsync).WithName("ListPrograms").WithContentTag().WithSummary("Announcements by deadline, the nearest first; those without one last.");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetProgram").WithContentTag().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One announcement with its description.");
    }

    private static async Task<Results<Ok<Page<ProgramSummary>>, ValidationProblem>> ListAsync(
        [AsParameters] ProgramQuery query, ConnectDbContext context, CancellationToken cancellationToken)
    {
        var (programs, errors) = query.ApplyTo(context.Programs.AsNoTracking());
        if (programs is null)
        {
            return Problems.Invalid(errors!);
        }

        var rows = await programs.Take(query.PageSize + 1)
            .Select(p => new FundingProgram
            {
                Id = p.Id,
                Title = p.Title,
                Agency = p.Agency,
                Kind = p.Kind,
                Status = p.Status,
                Ministry = p.Ministry,
                Category = p.Category,
                Sectors = p.Sectors,
                BudgetAmount = p.BudgetAmount,
                Deadline = p.Deadline,
                AnnouncementUrl = p.AnnouncementUrl,
                IdentityKey = "",
                Fingerprint = "",
            })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(Paging.ToPage(
            rows.ConvertAll(ToSummary), query.PageSize, row => ProgramQuery.CursorOf(row.Deadline, row.Id)));
    }

    private static async Task<Results<Ok<ProgramDetail>, ProblemHttpResult>> GetAsync(
        Guid id, ConnectDbContext context, CancellationToken cancellationToken)
    {
        if (await context.Programs.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } program)
        {
            return Problems.NotFound("Program");
        }

        var postings = await context.ProgramPostings.AsNoTracking().Where(posting => posting.ProgramId == id)
            .OrderBy(posting => posting.FirstSeenAt).ThenBy(posting => posting.Address).ToListAsync(cancellationToken);
        var changes = await context.ProgramChanges.AsNoTracking().Where(change => change.ProgramId == id)
            .OrderByDescending(change => change.Id).Take(MaxChanges).ToListAsync(cancellationToken);
        return TypedResults.Ok(ToDetail(program, postings, changes));
    }

    private static ProgramDetail ToDetail(FundingProgram program, List<ProgramPosting> postings, List<ProgramChange> changes) => new(
        ToSummary(program), program.Description, program.AnnouncingAgency, program.Keywords, program.TargetTypes,
        program.MinTrl, program.MaxTrl, program.Traits.TrlConfidence, program.Traits.Intent, program.Traits.Regions,
        [.. program.Evidence.Select(found => new EvidenceItem(found.What, found.Value, found.Words, found.Source))],
        program.PublishedAt?.ToOffset(SeoulTime.Offset),
        program.ApplicationStart?.ToOffset(SeoulTime.Offset),
        [.. program.Periods.Select(period => new PeriodItem(period.Start?.ToOffset(SeoulTime.Offset), period.End?.ToOffset(SeoulTime.Offset), period.IsReplaced))],
        program.AttachmentNames, program.UpdatedAt,
        [
            .. postings.OrderBy(posting => posting.Agency != program.Agency)
                .Select(posting => new PostingItem(posting.Agency, posting.Url, posting.FirstSeenAt, posting.VanishedAt)),
        ],
        [.. changes.Select(ChangeMapping.ToItem)]);

    private static ProgramSummary ToSummary(FundingProgram program) => new(
        program.Id, program.Title, program.Agency, program.Kind, program.Status, program.Ministry, program.Category, program.Sectors,
        program.BudgetAmount?.ToString(CultureInfo.InvariantCulture), program.Deadline?.ToOffset(SeoulTime.Offset), program.AnnouncementUrl);
}
