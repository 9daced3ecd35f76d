using System.Text.Json.Nodes;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.KoreanText;
using Connect.Domain.Matching;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Matches;

/// <summary>A change of marks, as a request asks for it.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="Patch">The merge patch.</param>
/// <param name="IfMatch">The tags under which it may be carried out.</param>
/// <param name="UserId">The user who sets the marks; null where a key does.</param>
/// <param name="KeyId">The program's key; null for a user.</param>
/// <param name="Now">When it is asked.</param>
internal sealed record MarkOrder(Guid MatchId, JsonObject Patch, IfMatch IfMatch, Guid? UserId, Guid? KeyId, DateTimeOffset Now);

/// <summary>What became of a change of marks: the match since, or the problem.</summary>
internal sealed record MarkOutcome(StoredMatchItem? Item, Results<Ok<StoredMatchItem>, ValidationProblem, ProblemHttpResult>? Problem = null);

/// <summary>Changes marks, each call to be run inside <see cref="CacheTransaction{TContext}"/>.</summary>
internal static class MarkWrites
{
    /// <summary>What a match is called in problems.</summary>
    public const string What = "Match";

    /// <summary>Applies a patch to the marks of a match. A patch that changes nothing writes nothing.</summary>
    public static async Task<MarkOutcome> MarkAsync(ConnectDbContext context, MarkOrder order, CancellationToken cancellationToken)
    {
        // The caller first, as the deletion of an account or a key locks them before matches.
        if (!await LockCallerAsync(context, order, cancellationToken)
            || await StoredMatches.LockAsync(context, order.MatchId, cancellationToken) is not { } match)
        {
            return new(null, Problems.NotFound(What));
        }

        if (!order.IfMatch.Allows(StoredMatches.TagOf(match)))
        {
            return new(null, Problems.PreconditionFailed(What, order.IfMatch));
        }

        var before = MarksOf(match);
        var (marks, errors) = MergePatch.Apply<MatchMarks>(before, order.Patch);
        marks = marks is null ? null : Complete(marks, order.Patch);
        errors ??= FindProblem(marks!);
        if (errors is not null)
        {
            return new(null, Problems.Invalid(errors));
        }

        (match.Saved, match.Viewed) = (marks!.Saved!.Value, marks.Viewed!.Value);
        if (marks with { Saved = before.Saved, Viewed = before.Viewed } != before)
        {
            Change(context, match, marks, order);
        }

        return new(await StoredMatches.ReadItemAsync(context, match, SeoulTime.DateOf(order.Now), cancellationToken));
    }

    private static MatchMarks MarksOf(FundingMatch match) => new()
    {
        Saved = match.Saved,
        Viewed = match.Viewed,
        Status = match.Status,
        DismissalReason = match.DismissalReason,
        Note = match.Note,
    };

    // A reason that the patch does not name ends with the dismissal.
    private static MatchMarks Complete(MatchMarks marks, JsonObject patch) => marks with
    {
        DismissalReason = marks.Status == MatchStatus.Dismissed || patch.ContainsKey("dismissalReason") ? marks.DismissalReason : null,
        Note = PlainText.Clean(marks.Note, keepLines: true) is { Length: > 0 } note ? note : null,
    };

    private static Dictionary<string, string[]>? FindProblem(MatchMarks marks) => (marks.Status, marks.DismissalReason) switch
    {
        (MatchStatus.Dismissed, null) => new() { ["dismissalReason"] = [$"A dismissal needs a reason. {WireJson.OneOf<DismissalReason>()}"] },
        (not MatchStatus.Dismissed, not null) => new() { ["dismissalReason"] = ["Only a match with the status DISMISSED has a reason."] },
        _ => null,
    };

    private static void Change(ConnectDbContext context, FundingMatch match, MatchMarks marks, MarkOrder order)
    {
        context.MatchMarkChanges.Add(new MatchMarkChange
        {
            MatchId = match.Id,
            At = order.Now,
            UserId = order.UserId,
            KeyId = order.KeyId,
            FromStatus = match.Status,
            ToStatus = marks.Status,
            DismissalReason = marks.DismissalReason,
            Note = marks.Note,
        });

        // Answers of rankings depend on nothing else.
        if ((match.Status == MatchStatus.Dismissed) != (marks.Status == MatchStatus.Dismissed))
        {
            context.EvictTags(EvictionReasons.Dismissed, ConnectTags.Marks(match.OrganizationId));
        }

        match.StatusAt = match.Status == marks.Status ? match.StatusAt : order.Now;
        (match.Status, match.DismissalReason, match.Note) = (marks.Status, marks.DismissalReason, marks.Note);
        (match.MarkedAt, match.MarkedBy, match.MarkedByKey) = (order.Now, order.UserId, order.KeyId);
    }

    // False once the account or key is deleted: its access is about to end on this instance, too.
    private static async Task<bool> LockCallerAsync(ConnectDbContext context, MarkOrder order, CancellationToken cancellationToken) =>
        await context.Database.SqlQuery<int>(order.KeyId is { } keyId
            ? $"select 1 as \"Value\" from api_keys where id = {keyId} for key share"
            : (FormattableString)$"select 1 as \"Value\" from users where id = {order.UserId} for key share")
            .ToListAsync(cancellationToken) is { Count: > 0 };
}
