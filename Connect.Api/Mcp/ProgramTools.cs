using System.ComponentModel;
using Connect.Data.Programs.Lists;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Connect.Api.Mcp;

/// <summary>Tools that find and read programs.</summary>
[McpServerToolType]
internal sealed class ProgramTools(ToolCalls calls)
{
    [McpServerTool(Name = "search_programs", Title = "Search programs", ReadOnly = true, OpenWorld = false)]
    [Description(
        "Finds R&D programs by words and filters: the open ones first, then upcoming, then closed ones. Values of one filter are alternatives, filters add up. For the "
        + "next page pass the answer's nextCursor with the same filters.")]
    public Task<CallToolResult> SearchAsync(
        [Description("Words that a program has: all of them, in any order. \"a phrase\" is one word, -word must not be there.")] string? q = null,
        [Description("ACTIVE is open for applications.")] ProgramStatus[]? status = null,
        [Description("The agencies whose boards have it.")] Agency[]? agency = null,
        [Description("Only CALL is a call for applications.")] ProgramKind[]? kind = null,
        Sector[]? sector = null,
        [Description("Provinces that it is for.")] Region[]? region = null,
        [Description("Types of organizations that may apply.")] OrganizationType[]? audience = null,
        [Description("Technology readiness levels, 1 to 9.")] int[]? trl = null,
        [Description("Whether sector, region, audience and trl also let programs through that state none, because they are for all.")] bool? unrestricted = null,
        [Description("Least amount in whole KRW.")] long? amountFrom = null,
        [Description("Largest amount in whole KRW.")] long? amountTo = null,
        [Description("A day in Seoul, such as 2026-03-01, or a moment with offset.")] string? publishedFrom = null,
        [Description("A day in Seoul, which is included, or a moment with offset.")] string? publishedTo = null,
        [Description("A day in Seoul, or a moment with offset.")] string? deadlineFrom = null,
        [Description("A day in Seoul, which is included, or a moment with offset.")] string? deadlineTo = null,
        [Description("The order among open, among upcoming and among closed programs; RELEVANCE needs q.")] ProgramSort? sort = null,
        [Description("Whether to count the programs by agency, kind, status, sector, region and audience.")] bool? facets = null,
        [Description("1 to 100; default 20.")] int? limit = null,
        [Description("From the previous page's nextCursor.")] string? cursor = null,
        CancellationToken cancellationToken = default) => calls.AskAsync(
        HttpMethods.Get, $"/api/programs", language: null, cancellationToken,
        (nameof(q), q), (nameof(status), status), (nameof(agency), agency), (nameof(kind), kind), (nameof(sector), sector), (nameof(region), region),
        (nameof(audience), audience), (nameof(trl), trl), (nameof(unrestricted), unrestricted), (nameof(amountFrom), amountFrom),
        (nameof(amountTo), amountTo), (nameof(publishedFrom), publishedFrom), (nameof(publishedTo), publishedTo), (nameof(deadlineFrom), deadlineFrom),
        (nameof(deadlineTo), deadlineTo), (nameof(sort), sort), (nameof(facets), facets), (nameof(limit), limit), (nameof(cursor), cursor));

    [McpServerTool(Name = "get_program", Title = "Read a program", ReadOnly = true, OpenWorld = false)]
    [Description("A program with its description, periods, conditions with the words behind them, postings and latest changes.")]
    public Task<CallToolResult> GetAsync([Description("The program's id.")] Guid id, CancellationToken cancellationToken) =>
        calls.AskAsync(HttpMethods.Get, $"/api/programs/{id}", language: null, cancellationToken);

    [McpServerTool(Name = "get_program_series", Title = "Earlier and next rounds", ReadOnly = true, OpenWorld = false)]
    [Description("A program's rounds over the years with dates and amounts, and when the next one may be expected, with how sure that is.")]
    public Task<CallToolResult> GetSeriesAsync([Description("The program's id.")] Guid id, CancellationToken cancellationToken) =>
        calls.AskAsync(HttpMethods.Get, $"/api/programs/{id}/series", language: null, cancellationToken);

    [McpServerTool(Name = "list_similar_programs", Title = "Similar open programs", ReadOnly = true, OpenWorld = false)]
    [Description("Open programs that are most like one.")]
    public Task<CallToolResult> ListSimilarAsync(
        [Description("The program's id.")] Guid id, [Description("How many at most; default 5.")] int? limit = null,
        CancellationToken cancellationToken = default) =>
        calls.AskAsync(HttpMethods.Get, $"/api/programs/{id}/similar", language: null, cancellationToken, (nameof(limit), limit));
}
