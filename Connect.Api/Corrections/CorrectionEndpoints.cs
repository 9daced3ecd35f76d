using System.Text.Json;
using Connect.Api.Programs;
using Connect.Caching;
using Connect.Data.Model;
using Connect.Domain.Classification;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Corrections;

/// <summary>Fields of programs that administrators set by hand.</summary>
internal static class CorrectionEndpoints
{
    private const string What = "Program or correction";

    public static void MapCorrections(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/admin").WithTags("Administration").RequireAuthorization(Caller.AdminPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPatch("/programs/{id:guid}", SetAsync).WithName("CorrectProgram")
            .Accepts<ProgramCorrectionInput>("application/merge-patch+json", "application/json").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Sets fields of a program by hand, until its board changes them.");
        group.MapDelete("/programs/{id:guid}/corrections/{field}", RemoveAsync).WithName("DeleteCorrection").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Gives a field back to the board.");
        group.MapGet("/corrections", ListAsync).WithName("ListCorrections").WithSummary("Fields that were set by hand, the newest first.");
    }

    private static async Task<Results<Ok<ProgramCorrectionsAnswer>, ValidationProblem, ProblemHttpResult>> SetAsync(
        Guid id, JsonElement body, CacheTransaction<ConnectDbContext> transaction, HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        var patch = MergePatch.Read(body);
        var (now, userId) = (time.GetUtcNow(), Caller.IdOf(http.User));
        return Answer(await transaction.ExecuteAsync(
            (context, token) => CorrectionWrites.SetAsync(context, id, patch, userId, now, token), cancellationToken));
    }

    private static async Task<Results<Ok<ProgramCorrectionsAnswer>, ValidationProblem, ProblemHttpResult>> RemoveAsync(
        Guid id, string field, CacheTransaction<ConnectDbContext> transaction, TimeProvider time, CancellationToken cancellationToken)
    {
        // The name is the one that the patch has for it.
        if (!Array.Exists(Enum.GetValues<CorrectedField>(), known => CorrectionWrites.NameOf(known) == field))
        {
            return Problems.NotFound(What);
        }

        var removed = Enum.Parse<CorrectedField>(field, ignoreCase: true);
        return Answer(await transaction.ExecuteAsync(
            (context, token) => CorrectionWrites.RemoveAsync(context, id, removed, time.GetUtcNow(), token), cancellationToken));
    }

    private static Task<Results<Ok<Page<ProgramCorrectionItem>>, ValidationProblem>> ListAsync(
        ConnectDbContext context, CancellationToken cancellationToken, bool conflicts = false, int limit = Paging.DefaultLimit, string? cursor = null) =>
        Paging.NewestFirstAsync(
            context.ProgramCorrections.Where(one => !conflicts || one.ConflictAt != null), limit, cursor, ToItem, item => item.Id, cancellationToken);

    private static Results<Ok<ProgramCorrectionsAnswer>, ValidationProblem, ProblemHttpResult> Answer(CorrectionOutcome outcome) => outcome switch
    {
        { Errors: { } errors } => Problems.Invalid(errors),
        { Corrections: { } corrections } => TypedResults.Ok(new ProgramCorrectionsAnswer([.. corrections.OrderBy(one => one.Field).Select(ToItem)])),
        _ => Problems.NotFound(What),
    };

    private static ProgramCorrectionItem ToItem(ProgramCorrection correction) => new(
        correction.Id, correction.ProgramId, CorrectionWrites.NameOf(correction.Field), Text(correction.Field, correction.Value), Text(correction.Field, correction.BoardValue),
        correction.Reason, correction.UserId, correction.CorrectedAt, correction.ConflictAt);

    private static string? Text(CorrectedField field, string? value) =>
        field.IsClassified() ? ChangeMapping.Enums(value) : value;
}
