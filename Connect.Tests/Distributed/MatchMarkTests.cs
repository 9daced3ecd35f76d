using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed;

/// <summary>Status, reason and note of matches, and what they change in answers of two instances.</summary>
public sealed class MatchMarkTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => instances.Site;

    [Fact]
    public async Task Marks_tell_what_was_set_by_whom_and_when()
    {
        var (team, matches) = await ArrangeAsync();
        var editor = await team.AddAsync(OrganizationRole.Editor);

        var marked = await MarkAsync(team, matches[0], """{ "status": "PREPARING", "note": " 초안\r\n월요일까지 " }""", editor);
        Assert.Equal(HttpStatusCode.OK, marked.Status);
        Assert.Equal("PREPARING", marked.Json["status"]!.GetValue<string>());
        Assert.Equal("초안\n월요일까지", marked.Json["note"]!.GetValue<string>());
        Assert.Equal((editor.Id, null, editor.Email), AuthorOf(marked.Json["markedBy"]));
        Assert.EndsWith("+09:00", marked.Json["markedAt"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(marked.Json["markedAt"]!.GetValue<string>(), marked.Json["statusAt"]!.GetValue<string>());
        var listed = Assert.Single(await ListAsync(team, "&status=PREPARING&status=WON"))!;
        Assert.True(JsonNode.DeepEquals(marked.Json, listed), $"{marked.Body} {listed}");
        Assert.Empty(await ListAsync(team, "&status=WON"));

        // A note alone does not move the status to another day, and nothing set anew is no change.
        var noted = await MarkAsync(team, matches[0], """{ "note": "끝" }""");
        Assert.Equal(marked.Json["statusAt"]!.GetValue<string>(), noted.Json["statusAt"]!.GetValue<string>());
        Assert.Equal((team.Owner.Id, null, team.Owner.Email), AuthorOf(noted.Json["markedBy"]));
        var again = await MarkAsync(team, matches[0], """{ "status": "PREPARING", "note": "끝", "dismissalReason": null }""", editor);
        Assert.True(JsonNode.DeepEquals(noted.Json, again.Json), again.Body);
        Assert.Equal(2, (await HistoryAsync(team, matches[0])).Count);

        // Saved and viewed are marks without history.
        var saved = await MarkAsync(team, matches[0], """{ "saved": true }""", editor);
        Assert.Equal(noted.Json["markedAt"]!.GetValue<string>(), saved.Json["markedAt"]!.GetValue<string>());
        Assert.NotEqual(noted.Json["etag"]!.GetValue<string>(), saved.Json["etag"]!.GetValue<string>());
        var cleared = await MarkAsync(team, matches[0], """{ "status": null, "note": "  " }""");
        Assert.Equal((null, null), (cleared.Json["status"], cleared.Json["note"]));
        Assert.Equal(3, (await HistoryAsync(team, matches[0])).Count);
    }

    [Fact]
    public async Task History_has_every_change_once_and_the_latest_first()
    {
        var (team, matches) = await ArrangeAsync();
        foreach (var body in (string[])["""{ "status": "INTERESTED" }""", """{ "note": "a" }""", """{ "status": "DISMISSED", "dismissalReason": "TOO_SMALL" }""", """{ "status": "WON" }"""])
        {
            Assert.Equal(HttpStatusCode.OK, (await MarkAsync(team, matches[0], body)).Status);
        }

        var reader = await team.AddAsync(OrganizationRole.Reader);
        var history = await HistoryAsync(team, matches[0], reader);

        Assert.Equal(
            [("DISMISSED", "WON", null, "a"), ("INTERESTED", "DISMISSED", "TOO_SMALL", "a"), ("INTERESTED", "INTERESTED", null, "a"), (null, "INTERESTED", null, null)],
            history.Select(change => (Text(change, "fromStatus"), Text(change, "toStatus"), Text(change, "dismissalReason"), Text(change, "note"))));
        Assert.All(history, change => Assert.Equal((team.Owner.Id, null, team.Owner.Email), AuthorOf(change["by"])));
        Assert.Empty(await HistoryAsync(team, matches[1]));

        var stranger = (await Team.CreateAsync(Site)).Owner;
        foreach (var path in (string[])[$"/api/matches/{matches[0]}/history", $"/api/matches/{Guid.CreateVersion7()}/history", $"{team.Path}/outcomes"])
        {
            TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", await team.SendAsync("GET", path, stranger));
        }

        TeamAssert.Problem(HttpStatusCode.BadRequest, "validation", await team.SendAsync("GET", $"/api/matches/{matches[0]}/history?cursor=x", reader));
        TeamAssert.Problem(HttpStatusCode.Forbidden, "forbidden", await MarkAsync(team, matches[0], """{ "status": "LOST" }""", reader));
    }

    [Fact]
    public async Task Former_member_is_not_named()
    {
        var (team, matches) = await ArrangeAsync();
        var editor = await team.AddAsync(OrganizationRole.Editor);
        await MarkAsync(team, matches[0], """{ "status": "APPLIED" }""", editor);

        Assert.Equal(HttpStatusCode.NoContent, (await team.RemoveAsync(team.Owner, editor)).Status);

        Assert.Equal((editor.Id, null, null), AuthorOf(Assert.Single(await ListAsync(team, "&status=APPLIED"))!["markedBy"]));
        Assert.Equal((editor.Id, null, null), AuthorOf(Assert.Single(await HistoryAsync(team, matches[0]))["by"]));
    }

    [Fact]
    public async Task Program_is_named_by_its_key()
    {
        var (team, matches) = await ArrangeAsync();
        var made = (await team.SendAsync("POST", $"{team.Path}/keys", team.Owner, new JsonObject { ["name"] = "reports", ["scope"] = "WRITE" })).Json;
        var key = made["key"]!["id"]!.GetValue<Guid>();

        var marked = await MarkAsync(team, matches[0], """{ "status": "APPLIED" }""", team.Owner with { Token = made["secret"]!.GetValue<string>() });

        Assert.Equal(HttpStatusCode.OK, marked.Status);
        Assert.Equal((null, key, "reports"), AuthorOf(marked.Json["markedBy"]));
        Assert.Equal((null, key, "reports"), AuthorOf(Assert.Single(await ListAsync(team, "&status=APPLIED"))!["markedBy"]));
        Assert.Equal((null, key, "reports"), AuthorOf(Assert.Single(await HistoryAsync(team, matches[0]))["by"]));
    }

    [Theory]
    [InlineData("""{ "status": "DISMISSED" }""", "dismissalReason")]
    [InlineData("""{ "dismissalReason": "OTHER" }""", "dismissalReason")]
    [InlineData("""{ "status": "WON", "dismissalReason": "OTHER" }""", "dismissalReason")]
    [InlineData("""{ "status": "MAYBE" }""", "status")]
    [InlineData("""{ "status": 1 }""", "status")]
    [InlineData("""{ "status": "DISMISSED", "dismissalReason": "BORING" }""", "dismissalReason")]
    [InlineData("""{ "note": 7 }""", "note")]
    [InlineData("""{ "note": "a\u0000b" }""", null)]
    [InlineData("""{ "note": "a\ud800b" }""", null)]
    public async Task Mark_is_refused_when_it_is_none(string body, string? field)
    {
        var (team, matches) = await ArrangeAsync();

        var answer = await MarkAsync(team, matches[0], body);

        Assert.True(answer.Status == HttpStatusCode.BadRequest && answer.FindMalformation() is null, answer.Body);
        Assert.True(field is null || answer.Json["errors"]![field] is not null, answer.Body);
        Assert.Empty(await HistoryAsync(team, matches[0]));
    }

    [Fact]
    public async Task Note_is_bounded_and_composed()
    {
        var (team, matches) = await ArrangeAsync();
        string Note(int length) => new JsonObject { ["note"] = new string('가', length) }.ToJsonString();

        Assert.Equal(HttpStatusCode.OK, (await MarkAsync(team, matches[0], Note(FundingMatch.MaxNoteLength))).Status);
        TeamAssert.Problem(HttpStatusCode.BadRequest, "validation", await MarkAsync(team, matches[0], Note(FundingMatch.MaxNoteLength + 1)));

        var composed = await MarkAsync(team, matches[0], """{ "note": "\u1112\u1161\u11ab\u0007" }""");
        Assert.Equal("한", composed.Json["note"]!.GetValue<string>());
    }

    [Fact]
    public async Task Of_two_callers_with_the_same_tag_exactly_one_succeeds()
    {
        var (team, matches) = await ArrangeAsync();
        var tag = (await MarkAsync(team, matches[0], """{ "status": "INTERESTED" }""")).Json["etag"]!.GetValue<string>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => MarkAsync(
            team, matches[0], new JsonObject { ["note"] = $"{number}" }.ToJsonString(), ifMatch: tag, instance: number % 2)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(answers.Length - 1, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
        Assert.Equal(2, (await HistoryAsync(team, matches[0])).Count);
    }

    [Fact]
    public async Task Dismissed_match_leaves_the_answers_of_every_instance_and_comes_back()
    {
        var (team, matches) = await ArrangeAsync();
        await GenerateAsync(team, instance: 1);
        var before = await TagAsync(team, instance: 1);
        var generations = await GenerationsAsync(team);

        Assert.Equal(HttpStatusCode.OK, (await MarkAsync(team, matches[0], """{ "status": "DISMISSED", "dismissalReason": "NO_CAPACITY" }""")).Status);
        Assert.DoesNotContain(matches[0], await GenerateAsync(team));
        await EventuallyOnOtherAsync(async () => !(await GenerateAsync(team, instance: 1)).Contains(matches[0]));

        // The ranking itself was not evicted, and the next ones have moved up.
        var shown = await team.SendAsync("POST", $"/api/matches/generate?organizationId={team.Id}&limit={matches.Count - 1}", team.Owner, instance: 1);
        Assert.Equal(matches.Skip(1), Ids(shown));
        Assert.Equal("memory", shown.Cache);
        Assert.Equal(generations, await GenerationsAsync(team));
        foreach (var query in (string[])["&explain=true", "&explain=true&includeDismissed=true", "&includeDismissed=true"])
        {
            var answer = await team.SendAsync("POST", $"/api/matches/generate?organizationId={team.Id}&limit=15{query}", team.Owner, instance: 1);
            Assert.Equal(matches.Skip(query.Contains("includeDismissed", StringComparison.Ordinal) ? 0 : 1), Ids(answer));
        }

        var listed = await team.SendAsync("GET", $"{team.Path}/matches?limit=15", team.Owner, instance: 1);
        Assert.Equal(matches.Skip(1), Ids(listed));
        Assert.NotEqual(before, await TagAsync(team, instance: 1));
        Assert.Equal(matches[0], Assert.Single(await ListAsync(team, "&status=DISMISSED"))!["id"]!.GetValue<Guid>());

        // Other marks of it evict nothing; its end brings the earlier answer and its tag back.
        Assert.Equal(HttpStatusCode.OK, (await MarkAsync(team, matches[0], """{ "dismissalReason": "OTHER", "note": "x" }""")).Status);
        Assert.Single(await EvictionsAsync(team));
        var back = await MarkAsync(team, matches[0], """{ "status": null }""");
        Assert.Null(back.Json["dismissalReason"]);
        await EventuallyOnOtherAsync(async () => (await GenerateAsync(team, instance: 1)).SequenceEqual(matches));
        Assert.Equal(before, await TagAsync(team, instance: 1));
        Assert.Equal(2, (await EvictionsAsync(team)).Count);
    }

    [Fact]
    public async Task Ranking_of_which_all_is_dismissed_says_so()
    {
        var (team, matches) = await ArrangeAsync();
        foreach (var match in matches)
        {
            Assert.Equal(HttpStatusCode.OK, (await MarkAsync(team, match, """{ "status": "DISMISSED", "dismissalReason": "NOT_OUR_FIELD" }""")).Status);
        }

        foreach (var query in (string[])["", "&explain=true"])
        {
            var answer = await team.SendAsync("POST", $"/api/matches/generate?organizationId={team.Id}{query}", team.Owner);
            Assert.Empty(answer.Json["matches"]!.AsArray());
            Assert.Contains("제외", answer.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Outcomes_are_counted_by_status_reason_and_year()
    {
        var (team, matches) = await ArrangeAsync();
        await MarkAsync(team, matches[0], """{ "status": "DISMISSED", "dismissalReason": "TOO_LARGE" }""");
        await MarkAsync(team, matches[1], """{ "status": "WON" }""");
        await MarkAsync(team, matches[2], """{ "status": "WON" }""");
        await using var context = Site.CreateContext();

        // The last moment of 2025 in Seoul, and the first one of 2026.
        var newYear = new DateTimeOffset(2025, 12, 31, 15, 0, 0, TimeSpan.Zero);
        await context.Matches.Where(m => m.Id == matches[1]).ExecuteUpdateAsync(set => set.SetProperty(m => m.StatusAt, newYear.AddSeconds(-1)), CancellationToken);
        await context.Matches.Where(m => m.Id == matches[2]).ExecuteUpdateAsync(set => set.SetProperty(m => m.StatusAt, newYear), CancellationToken);
        await context.Matches.Where(m => m.Id == matches[0]).ExecuteUpdateAsync(set => set.SetProperty(m => m.StatusAt, newYear), CancellationToken);

        var all = (await team.SendAsync("GET", $"{team.Path}/outcomes", team.Owner)).Json;
        Assert.Equal(Enum.GetValues<MatchStatus>().Length, all["statuses"]!.AsArray().Count);
        Assert.Equal((2, 1, 0), (CountOf(all, "WON"), CountOf(all, "DISMISSED"), CountOf(all, "LOST")));
        Assert.Equal(1, all["dismissalReasons"]!.AsArray().Single(count => count!["reason"]!.GetValue<string>() == "TOO_LARGE")!["count"]!.GetValue<int>());
        Assert.Equal([(2026, 1), (2025, 1)], all["years"]!.AsArray().Select(year => (year!["year"]!.GetValue<int>(), CountOf(year, "WON"))));

        var later = (await team.SendAsync("GET", $"{team.Path}/outcomes?from=2026-01-01&to=2026-01-01", team.Owner)).Json;
        Assert.Equal((1, 1), (CountOf(later, "WON"), CountOf(later, "DISMISSED")));
        var earlier = (await team.SendAsync("GET", $"{team.Path}/outcomes?to=2025-12-31", team.Owner)).Json;
        Assert.Equal((1, 0), (CountOf(earlier, "WON"), CountOf(earlier, "DISMISSED")));
        foreach (var query in (string[])["from=x", "to=1999-12-31", "from=9999-12-31", "to=2026-02-30"])
        {
            TeamAssert.Problem(HttpStatusCode.BadRequest, "validation", await team.SendAsync("GET", $"{team.Path}/outcomes?{query}", team.Owner));
        }
    }

    private static int CountOf(JsonNode counts, string status) =>
        counts["statuses"]!.AsArray().Single(count => count!["status"]!.GetValue<string>() == status)!["count"]!.GetValue<int>();

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static (Guid? UserId, Guid? KeyId, string? Name) AuthorOf(JsonNode? author) =>
        (author!["userId"]?.GetValue<Guid>(), author["keyId"]?.GetValue<Guid>(), Text(author, "name"));

    private static IEnumerable<Guid> Ids(AttackAnswer answer) => answer.Json["matches"]!.AsArray().Select(match => match!["id"]!.GetValue<Guid>());

    // An organization whose first instance has read its ranking of at least four matches.
    private async Task<(Team Team, List<Guid> Matches)> ArrangeAsync()
    {
        await using (var context = Site.CreateContext())
        {
            for (var missing = 4 - await context.Programs.CountAsync(CancellationToken); missing > 0; missing--)
            {
                await Site.AddProgramAsync(Random.Shared.Next());
            }
        }

        var team = await Team.CreateAsync(Site);
        var matches = await GenerateAsync(team);
        Assert.InRange(matches.Count, 4, 15);
        return (team, matches);
    }

    private static async Task<List<Guid>> GenerateAsync(Team team, int instance = 0) =>
        [.. Ids(await team.SendAsync("POST", $"/api/matches/generate?organizationId={team.Id}&limit=15", team.Owner, instance: instance))];

    private static async Task<string> TagAsync(Team team, int instance) =>
        (await team.SendAsync("GET", $"{team.Path}/matches?limit=15", team.Owner, instance: instance)).ETag!;

    private Task<AttackAnswer> MarkAsync(
        Team team, Guid match, string body, TeamMember? caller = null, string? ifMatch = null, int instance = 0) => Site.Clients[instance].SendAsync(
        new AttackRequest("PATCH", $"/api/matches/{match}")
        {
            Token = (caller ?? team.Owner).Token,
            Body = System.Text.Encoding.UTF8.GetBytes(body),
            MediaType = "application/merge-patch+json",
            Headers = ifMatch is null ? [] : [("If-Match", ifMatch)],
        });

    private static async Task<List<JsonNode?>> ListAsync(Team team, string query) =>
        [.. (await team.SendAsync("GET", $"/api/matches?organizationId={team.Id}{query}", team.Owner)).Json["items"]!.AsArray()];

    private static async Task<List<JsonNode>> HistoryAsync(Team team, Guid match, TeamMember? caller = null)
    {
        List<JsonNode> walked = [];
        string? cursor = null;
        do
        {
            var page = await team.SendAsync(
                "GET", $"/api/matches/{match}/history?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", caller ?? team.Owner);
            walked.AddRange(page.Json["items"]!.AsArray()!);
            cursor = page.Json["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        return walked;
    }

    private async Task<List<string>> EvictionsAsync(Team team)
    {
        await using var context = Site.CreateContext();
        return await context.CacheEvictions.Where(one => one.Tags.Contains($"marks:{team.Id}")).Select(one => one.Reason).ToListAsync(CancellationToken);
    }

    // Of the tags of its ranking.
    private async Task<int> GenerationsAsync(Team team)
    {
        await using var context = Site.CreateContext();
        return await context.CacheEvictions.CountAsync(one => one.Tags.Contains($"org:{team.Id}"), CancellationToken);
    }

    private static Task EventuallyOnOtherAsync(Func<Task<bool>> ask) => Functional.Caching.TestInstance.EventuallyAsync(ask);
}
