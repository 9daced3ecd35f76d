using System.Net;
using System.Text.Json.Nodes;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional.Caching;
using Connect.Tests.Functional.Ingestion;

namespace Connect.Tests.Distributed;

/// <summary>Upcoming programs over HTTP, from the advance notice to the call.</summary>
public sealed class ApiUpcomingTests(RunningApplication application, ApiUpcomingTests.Listed listed) : IClassFixture<ApiUpcomingTests.Listed>
{
    private static readonly DateTimeOffset Deadline = TimeProvider.System.GetUtcNow().AddDays(40);

    private static readonly ScrapedAnnouncement Open = Announcements.Of("2026년 인공지능 반도체 기술개발사업 신규과제 공고") with { Deadline = Deadline };
    private static readonly ScrapedAnnouncement Call = Announcements.Of("2026년 인공지능 로봇 기술개발사업 신규과제 모집 공고") with { Deadline = Deadline };

    private static readonly ScrapedAnnouncement Notice =
        Announcements.Of("2026년 인공지능 로봇 기술개발사업 신규과제 모집 사전공고") with { Deadline = null, BudgetAmount = null };

    private static readonly ScrapedAnnouncement Unrelated =
        Announcements.Of("2026년 해양 쓰레기 수거선 실증 사전공고") with { Deadline = null, Category = null, Keywords = [], Ministry = "해양수산부", Description = null };

    private static readonly ScrapedAnnouncement UnrelatedCall =
        Call with { Title = "2026년 해양 바이오 소재 신규과제 공고", Ministry = "해양수산부", Category = null, Keywords = [] };

    [Fact]
    public async Task Upcoming_program_is_in_a_list_of_its_own()
    {
        var member = await listed.Site.JoinAsync();

        var active = await member.GetAsync();
        var upcoming = await member.GetAsync("status=upcoming");

        Assert.Equal(Titles(Open), Titles(active));
        Assert.Equal(Titles(Notice), Titles(upcoming));
        Assert.Equal(("miss", "miss"), (active.Cache, upcoming.Cache));
        Assert.Equal(ApiAssert.Ok(active).Select(property => property.Key), ApiAssert.Ok(upcoming).Select(property => property.Key));
        foreach (var same in (string[])["status=ACTIVE", "status=active", "status="])
        {
            Assert.True(JsonNode.DeepEquals(active.Body!["matches"], (await member.GetAsync(same)).Body!["matches"]));
        }

        var again = await member.GetAsync("status=UPCOMING&limit=1");
        Assert.Equal("memory", again.Cache);
        Assert.Equal(Titles(Notice), Titles(again));
        Assert.Equal(Titles(Notice), Titles(await member.GenerateAsync("status=Upcoming")));
        Assert.Equal(Titles(Notice, Unrelated), (await member.User.SendAsync(HttpMethod.Get, "/api/programs?status=UPCOMING")).Body!["items"]!.AsArray()
            .Select(item => item!["title"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tags_tell_the_lists_apart()
    {
        var member = await listed.Site.JoinAsync();

        var (active, upcoming, english) =
            (await member.GetAsync(), await member.GetAsync("status=upcoming"), await member.GetAsync("status=upcoming", language: "en"));

        Assert.Equal(3, new[] { active.ETag, upcoming.ETag, english.ETag }.OfType<string>().Distinct().Count());
        Assert.StartsWith("This program", Summary(english), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, (await member.GetAsync("status=upcoming", upcoming.ETag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(ifNoneMatch: upcoming.ETag)).Status);
    }

    [Theory]
    [InlineData("EXPIRED")]
    [InlineData("ARCHIVED")]
    [InlineData("1")]
    [InlineData("upcoming,active")]
    public async Task Status_is_refused_when_it_is_another(string status)
    {
        var member = await listed.Site.JoinAsync();

        ApiAssert.Invalid(await member.GetAsync($"status={status}"), "status");
        ApiAssert.Invalid(await member.GenerateAsync($"status={status}"), "status");
    }

    [Fact]
    public async Task Hidden_programs_are_those_of_the_same_list()
    {
        var member = await listed.Site.JoinAsync();

        var (active, upcoming) = (await member.GenerateAsync("explain=true"), await member.GenerateAsync("explain=true&status=upcoming"));

        Assert.Equal([UnrelatedCall.Title], Hidden(active));
        Assert.Equal([Unrelated.Title], Hidden(upcoming));
        Assert.DoesNotContain("STATUS_CLOSED", Codes(upcoming));
        Assert.DoesNotContain("UMBRELLA_CALL", Codes(upcoming));
    }

    [Fact]
    public async Task Open_ranking_is_the_same_with_and_without_upcoming_programs()
    {
        await using var site = await Site.CreateAsync(application, Open);
        var member = await site.JoinAsync();
        var before = await member.GetAsync();

        await site.IngestAsync(Open, Notice);
        await TestInstance.EventuallyAsync(async () => Titles(await member.GetAsync("status=upcoming")).Count == 1);

        var after = await member.GetAsync();
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Equal(before.Body!["matches"]!.ToJsonString(), after.Body!["matches"]!.ToJsonString());
    }

    [Fact]
    public async Task Upcoming_match_is_saved_and_becomes_the_match_with_the_call()
    {
        await using var site = await Site.CreateAsync(application, Open, Notice);
        var member = await site.JoinAsync();
        var match = Assert.Single(ApiAssert.Ok(await member.GetAsync("status=upcoming"))["matches"]!.AsArray())!;
        await member.GetAsync();
        var saved = await member.User.SendAsync(HttpMethod.Patch, $"/api/matches/{match["id"]}", """{ "saved": true }""");
        Assert.Equal("UPCOMING", ApiAssert.Ok(saved)["program"]!["status"]!.GetValue<string>());
        var explained = await member.User.SendAsync(HttpMethod.Get, $"/api/matches/{match["id"]}/explanation");
        Assert.Equal(match["score"]!.GetValue<int>(), ApiAssert.Ok(explained)["score"]!.GetValue<int>());

        await site.IngestAsync(Call, Notice, Open);
        await TestInstance.EventuallyAsync(async () => Titles(await member.GetAsync()).Count == 2);

        Assert.Empty(Titles(await member.GetAsync("status=upcoming")));
        var open = (await member.GetAsync()).Body!["matches"]!.AsArray().Single(one => one!["program"]!["title"]!.GetValue<string>() == Call.Title)!;
        Assert.Equal((match["id"]!.ToString(), match["program"]!["id"]!.ToString()), (open["id"]!.ToString(), open["program"]!["id"]!.ToString()));
        var stored = ApiAssert.Ok(await member.User.SendAsync(HttpMethod.Get, $"/api/matches?organizationId={member.Organization}&saved=true"));
        var item = Assert.Single(stored["items"]!.AsArray())!;
        Assert.Equal((match["id"]!.ToString(), "ACTIVE"), (item["id"]!.ToString(), item["program"]!["status"]!.GetValue<string>()));
        var detail = ApiAssert.Ok(await member.User.SendAsync(HttpMethod.Get, $"/api/programs/{match["program"]!["id"]}"));
        Assert.Equal("OPENED", Assert.Single(detail["changes"]!.AsArray())!["kind"]!.GetValue<string>());
    }

    private static List<string> Titles(params ScrapedAnnouncement[] announcements) =>
        [.. announcements.Select(announcement => announcement.Title).Order(StringComparer.Ordinal)];

    private static List<string> Titles(ApiAnswer answer) =>
        [.. ApiAssert.Ok(answer)["matches"]!.AsArray().Select(match => match!["program"]!["title"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Hidden(ApiAnswer answer) =>
        ApiAssert.Ok(answer)["hidden"]!.AsArray().Select(hidden => hidden!["program"]!["title"]!.GetValue<string>());

    private static IEnumerable<string> Codes(ApiAnswer answer) =>
        ApiAssert.Ok(answer)["hidden"]!.AsArray().SelectMany(hidden => hidden!["codes"]!.AsArray()).Select(code => code!.GetValue<string>());

    private static string Summary(ApiAnswer answer) =>
        ApiAssert.Ok(answer)["matches"]![0]!["explanation"]!["summary"]!.GetValue<string>();

    /// <summary>Open and upcoming programs, related to the members' work and not, for tests that only read.</summary>
    public sealed class Listed(RunningApplication application) : IAsyncLifetime
    {
        internal Site Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await Site.CreateAsync(application, Open, UnrelatedCall, Notice, Unrelated);

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    /// <summary>A database that boards are read into, and an instance of the API on it.</summary>
    internal sealed class Site(IngestionHarness harness, ApiInstances instances, Uri address) : IAsyncDisposable
    {
        public static async Task<Site> CreateAsync(RunningApplication application, params ScrapedAnnouncement[] listed)
        {
            var harness = await IngestionHarness.CreateOnSystemTimeAsync(application);
            await harness.IngestAsync(listed);
            var instances = new ApiInstances(harness.ConnectionString, (await application.GetRedisAsync())!);
            return new(harness, instances, (await instances.HostAsync()).Address);
        }

        public async Task IngestAsync(params ScrapedAnnouncement[] listed) => await harness.IngestAsync(listed);

        /// <summary>A new member of a new organization.</summary>
        public async Task<Member> JoinAsync()
        {
            var user = await new ApiClient(address).SignUpAsync();
            return new(user, await user.CreateOrganizationAsync("ICT", "인공지능"));
        }

        public async ValueTask DisposeAsync()
        {
            await instances.DisposeAsync();
            await harness.DisposeAsync();
        }
    }

    internal sealed record Member(ApiClient User, Guid Organization)
    {
        public Task<ApiAnswer> GetAsync(string query = "", string? ifNoneMatch = null, string? language = null) =>
            User.SendAsync(HttpMethod.Get, $"/api/organizations/{Organization}/matches?{query}", ifNoneMatch: ifNoneMatch, language: language);

        public Task<ApiAnswer> GenerateAsync(string query) =>
            User.SendAsync(HttpMethod.Post, $"/api/matches/generate?organizationId={Organization}&{query}");
    }
}
