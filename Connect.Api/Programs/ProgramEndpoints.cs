using Connect.Caching.Layers;
using Connect.Data.Caching;
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
        group.MapGet("/", ListAsync).WithName("ListPrograms").ReportsCache().DisableValidation().Produces(StatusCodes.Status304NotModified)
            .WithSummary("Announcements by words and filters: the open ones first, then upcoming, then closed ones.");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetProgram").WithContentTag().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One announcement with its description.");
    }

    private static async Task<Results<ProgramListAnswer, ValidationProblem, StatusCodeHttpResult>> ListAsync(
        [AsParameters] ProgramQuery query, [AsParameters] ProgramListRequest request)
    {
        var (list, after, errors) = query.Read();
        if (list is null)
        {
            return Problems.Invalid(errors!);
        }

        var http = request.Http;
        var page = await request.Lists.ReadAsync(list, query.PageSize, query.Facets == true, after, http.RequestAborted);
        var read = http.ReportCache(CacheLayers.ProgramLists);
        var hits = query.Highlight == true && list.Search is { } search
            ? await request.Hits.FindAsync(page.Rows, search, http.RequestAborted)
            : null;
        var document = request.Documents.Get(page, list.Sort, hits, isKept: read is not null);

        // A list that could not be verified has no tag: it must not be confirmed as unchanged later.
        if (read is not { Outcome: CacheOutcome.Stale })
        {
            http.Response.SetTag(document.Tag);
            if (http.Request.Has(document.Tag))
            {
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        return new ProgramListAnswer(document.Body);
    }

    private static async Task<Results<Ok<ProgramDetail>, ProblemHttpResult>> GetAsync(
        Guid id, ConnectDbContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await context.Programs.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } program)
        {
            return Problems.NotFound("Program");
        }

        var postings = await context.ProgramPostings.AsNoTracking().Where(posting => posting.ProgramId == id)
            .OrderBy(posting => posting.FirstSeenAt).ThenBy(posting => posting.Address).ToListAsync(cancellationToken);
        var changes = await context.ProgramChanges.AsNoTracking().Where(change => change.ProgramId == id)
            .OrderByDescending(change => change.Id).Take(MaxChanges).ToListAsync(cancellationToken);
        return TypedResults.Ok(ToDetail(program, postings, changes, time.GetUtcNow()));
    }

    private static ProgramDetail ToDetail(
        FundingProgram program, List<ProgramPosting> postings, List<ProgramChange> changes, DateTimeOffset now) => new(
        ProgramMapping.ToSummary(ProgramRow.Of(program), now), program.Description, program.AnnouncingAgency, program.Keywords, program.TargetTypes,
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
}
