using System.ComponentModel;
using Connect.Domain.Matching;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Connect.Api.Mcp;

/// <summary>Tools that tell an organization's matches and the reasons.</summary>
[McpServerToolType]
internal sealed class MatchTools(ToolCalls calls)
{
    private const string Organization = "The organization; by default the caller's own.";
    private const string Language = "The language of reasons: ko, the default, or en.";
    private const string Status = "ACTIVE, the default, for open programs; UPCOMING for those announced in advance.";

    [McpServerTool(Name = "get_matches", Title = "Best matches", ReadOnly = true, OpenWorld = false)]
    [Description("The programs that fit the organization best, the best first, with scores by part and the reasons in words. Dismissed ones are left out.")]
    public Task<CallToolResult> GetAsync(
        [Description(Status)] RankedStatus? status = null,
        [Description("Whether dismissed matches are shown, too.")] bool? includeDismissed = null,
        [Description("How many at most; default 3.")] int? limit = null,
        [Description(Language)] string? language = null,
        [Description(Organization)] Guid? organizationId = null,
        CancellationToken cancellationToken = default) => calls.AskAsync(
        HttpMethods.Get, $"/api/organizations/{calls.OrganizationOf(organizationId)}/matches", language, cancellationToken,
        (nameof(status), status), (nameof(includeDismissed), includeDismissed), (nameof(limit), limit));

    [McpServerTool(Name = "explain_hidden_programs", Title = "Why not?", ReadOnly = true, OpenWorld = false)]
    [Description("Which programs are not among the matches, and why: the highest scores first, at most 50, each with codes and sentences of what rules it out.")]
    public Task<CallToolResult> ExplainHiddenAsync(
        [Description(Status)] RankedStatus? status = null,
        [Description(Language)] string? language = null,
        [Description(Organization)] Guid? organizationId = null,
        CancellationToken cancellationToken = default) => calls.AskAsync(
        HttpMethods.Post, $"/api/matches/generate", language, cancellationToken,
        (nameof(organizationId), calls.OrganizationOf(organizationId)), (nameof(status), status), ("explain", true));

    [McpServerTool(Name = "explain_match", Title = "A match in words", ReadOnly = true, OpenWorld = false)]
    [Description("Why a program fits, in words: by a language model where there is one, else by rules.")]
    public Task<CallToolResult> ExplainAsync(
        [Description("The match's id, from get_matches.")] Guid id, [Description(Language)] string? language = null,
        CancellationToken cancellationToken = default) =>
        calls.AskAsync(HttpMethods.Get, $"/api/matches/{id}/explanation", language, cancellationToken);

    [McpServerTool(Name = "list_stored_matches", Title = "Matches and marks", ReadOnly = true, OpenWorld = false)]
    [Description("Every match that was ever in the ranking, the best first, with what the organization has marked: status, reason, note, saved, viewed.")]
    public Task<CallToolResult> ListAsync(
        [Description("Words that the program or the note has.")] string? q = null,
        [Description("Only matches with one of these statuses.")] MatchStatus[]? status = null,
        bool? saved = null,
        bool? viewed = null,
        [Description("1 to 100; default 20.")] int? limit = null,
        [Description("From the previous page's nextCursor.")] string? cursor = null,
        [Description(Organization)] Guid? organizationId = null,
        CancellationToken cancellationToken = default) => calls.AskAsync(
        HttpMethods.Get, $"/api/matches", language: null, cancellationToken,
        (nameof(organizationId), calls.OrganizationOf(organizationId)), (nameof(q), q), (nameof(status), status), (nameof(saved), saved),
        (nameof(viewed), viewed), (nameof(limit), limit), (nameof(cursor), cursor));
}
