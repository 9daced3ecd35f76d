using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Connect.Data.Matching;
using Connect.Domain.Matching;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Distributed;

public sealed class ApiMatchesTests(RunningApplication application)
{
    private const int MaxLimit = 15;

    private static readonly string[] Shape =
        ["organizationId", "matches", "algorithmVersion", "cached", "cacheTimestamp", "message"];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(MaxLimit)]
    public async Task Matches_are_as_many_as_asked_for_and_the_best_first(int limit)
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");

        var matches = ApiAssert.Ok(await user.GenerateAsync(organization, limit))["matches"]!.AsArray();

        Assert.InRange(matches.Count, 1, limit);
        var scores = matches.Select(match => match!["score"]!.GetValue<int>()).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public async Task Matches_are_three_when_no_limit_is_given()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");

        var answer = await user.SendAsync(HttpMethod.Post, $"/api/matches/generate?organizationId={organization}");

        Assert.Equal(3, ApiAssert.Ok(answer)["matches"]!.AsArray().Count);
    }

    [Fact]
    public async Task Match_tells_everything_that_the_contract_names()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");

        var body = ApiAssert.Ok(await user.GenerateAsync(organization, MaxLimit));

        Assert.Equal(Shape, body.Select(property => property.Key));
        Assert.Equal(organization, body["organizationId"]!.GetValue<Guid>());
        Assert.Null(body["message"]);
        Assert.EndsWith("+09:00", body["cacheTimestamp"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.All(body["matches"]!.AsArray(), match => AssertMatch(match!));
    }

    [Fact]
    public async Task Answer_has_the_same_shape_when_nothing_fits()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        var created = await user.SendAsync(HttpMethod.Post, "/api/organizations", new
        {
            type = "COMPANY",
            name = "시험 회사",
            businessNumber = ApiClient.NextBusinessNumber(),
            keyTechnologies = new[] { "qzxwvkjh" },
        });
        var organization = Guid.Parse(created.Text("id"));

        foreach (var isCached in (bool[])[false, true])
        {
            var body = ApiAssert.Ok(await user.GenerateAsync(organization));

            Assert.Equal(Shape, body.Select(property => property.Key));
            Assert.Empty(body["matches"]!.AsArray());
            Assert.NotEmpty(body["message"]!.GetValue<string>());
            Assert.NotEmpty(body["algorithmVersion"]!.GetValue<string>());
            Assert.True(isCached || !body["cached"]!.GetValue<bool>());
        }
    }

    [Fact]
    public async Task Hidden_programs_are_shown_with_their_reasons_only_when_asked_for()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");

        var plain = ApiAssert.Ok(await user.GenerateAsync(organization, MaxLimit));
        var explained = ApiAssert.Ok(await user.SendAsync(
            HttpMethod.Post, $"/api/matches/generate?organizationId={organization}&limit={MaxLimit}&explain=true"));

        Assert.Equal(Shape, plain.Select(property => property.Key));
        Assert.Equal([.. Shape, "hidden"], explained.Select(property => property.Key));
        var hidden = explained["hidden"]!.AsArray();
        Assert.InRange(hidden.Count, 1, HiddenProgramReader.MaxPrograms);
        Assert.All(hidden, hiddenProgram =>
        {
            var codes = hiddenProgram!["codes"]!.AsArray().Select(code => code!.GetValue<string>()).ToList();
            Assert.NotEmpty(codes);
            Assert.Subset(HiddenReasonCodes.All.ToHashSet(), codes.ToHashSet());
            Assert.Equal(codes.Count, hiddenProgram["reasons"]!.AsArray().Count);
            Assert.NotEmpty(hiddenProgram["program"]!["title"]!.GetValue<string>());
        });
        var scores = hidden.Select(hiddenProgram => hiddenProgram!["score"]!.GetValue<int>()).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Empty(hidden.Select(hiddenProgram => hiddenProgram!["program"]!["id"]!.GetValue<string>())
            .Intersect(explained["matches"]!.AsArray().Select(match => match!["program"]!["id"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Hidden_programs_are_shown_only_to_members()
    {
        var (_, organization) = await SignUpAsync("ICT", "인공지능");
        var stranger = await (await application.CreateClientAsync()).SignUpAsync();

        var answer = await stranger.SendAsync(HttpMethod.Post, $"/api/matches/generate?organizationId={organization}&explain=true");

        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", answer);
    }

    [Fact]
    public async Task Explain_is_refused_when_it_is_neither_true_nor_false()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");

        var answer = await user.SendAsync(HttpMethod.Post, $"/api/matches/generate?organizationId={organization}&explain=maybe");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
    }

    [Fact]
    public async Task Explanations_follow_the_language_and_the_tag_tells_them_apart()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");
        var path = $"/api/organizations/{organization}/matches";
        await user.GenerateAsync(organization);

        var korean = await user.SendAsync(HttpMethod.Get, path);
        var english = await user.SendAsync(HttpMethod.Get, path, language: "en");
        var generated = await user.SendAsync(
            HttpMethod.Post, $"/api/matches/generate?organizationId={organization}&explain=true", language: "en-GB,ko;q=0.5");

        Assert.Equal(("ko", "en", "en"), (korean.Language, english.Language, generated.Language));
        Assert.StartsWith("This program", Summary(english), StringComparison.Ordinal);
        Assert.Equal(Summary(english), Summary(generated));
        Assert.DoesNotContain("This program", Summary(korean), StringComparison.Ordinal);
        Assert.EndsWith(".", generated.Body!["hidden"]![0]!["reasons"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEqual(korean.ETag, english.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await user.SendAsync(HttpMethod.Get, path, ifNoneMatch: english.ETag, language: "en")).Status);
        Assert.Equal(HttpStatusCode.OK, (await user.SendAsync(HttpMethod.Get, path, ifNoneMatch: english.ETag)).Status);

        static string Summary(ApiAnswer answer) => ApiAssert.Ok(answer)["matches"]![0]!["explanation"]!["summary"]!.GetValue<string>();
    }

    [Fact]
    public async Task Profile_that_says_more_is_shown_other_programs_at_once()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");
        var before = ApiAssert.Ok(await user.GenerateAsync(organization, MaxLimit))["matches"]!.AsArray();
        Assert.Contains(before, match => match!["program"]!["title"]!.GetValue<string>().Contains("인공지능", StringComparison.Ordinal));

        // The program's sectors decide: an ICT company that excludes related sectors is still shown ICT programs.
        ApiAssert.Ok(await user.SendAsync(
            HttpMethod.Patch, $"/api/organizations/{organization}", new { technologyReadinessLevel = 9, companyScale = "LARGE_ENTERPRISE" }));

        // The replica that is asked may hear of the change a moment after the one that made it.
        await TestInstance.EventuallyAsync(async () =>
        {
            var explained = ApiAssert.Ok(await user.SendAsync(HttpMethod.Post, $"/api/matches/generate?organizationId={organization}&explain=true"));
            var codes = explained["hidden"]!.AsArray().SelectMany(hiddenProgram => hiddenProgram!["codes"]!.AsArray()).Select(code => code!.GetValue<string>());
            return codes.ToHashSet().IsSupersetOf(["TRL_OUT_OF_RANGE", "SCALE_TOO_LARGE"]);
        });
    }

    [Fact]
    public async Task Match_keeps_its_id_when_it_is_computed_again()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");
        var before = IdsByProgram(ApiAssert.Ok(await user.GenerateAsync(organization, MaxLimit)));

        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, $"/api/organizations/{organization}", new { rdExperience = false }));
        var after = IdsByProgram(ApiAssert.Ok(await user.GenerateAsync(organization, MaxLimit)));

        var common = before.Keys.Intersect(after.Keys).ToList();
        Assert.NotEmpty(common);
        Assert.All(common, program => Assert.Equal(before[program], after[program]));
    }

    [Fact]
    public async Task Match_has_another_id_when_the_organization_is_another()
    {
        var (first, one) = await SignUpAsync("ICT", "인공지능");
        var (second, other) = await SignUpAsync("ICT", "인공지능");

        var ids = IdsByProgram(ApiAssert.Ok(await first.GenerateAsync(one, MaxLimit))).Values
            .Concat(IdsByProgram(ApiAssert.Ok(await second.GenerateAsync(other, MaxLimit))).Values).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Resource_says_the_same_as_the_call()
    {
        var (user, organization) = await SignUpAsync("ICT", "인공지능");
        await user.GenerateAsync(organization, MaxLimit);

        var called = IdsByProgram(ApiAssert.Ok(await user.GenerateAsync(organization, MaxLimit)));
        var read = await user.SendAsync(HttpMethod.Get, $"/api/organizations/{organization}/matches?limit={MaxLimit}");

        var common = called.Keys.Intersect(IdsByProgram(ApiAssert.Ok(read)).Keys).ToList();
        Assert.NotEmpty(common);
        Assert.NotNull(read.ETag);
        Assert.NotNull(read.Cache);
    }

    private static void AssertMatch(JsonNode match)
    {
        Assert.Equal(7, Guid.Parse(match["id"]!.GetValue<string>()).Version);
        var breakdown = match["breakdown"]!.AsObject();
        Assert.Equal(["industry", "trl", "type", "rnd", "deadline"], breakdown.Select(part => part.Key));
        Assert.Equal(match["score"]!.GetValue<int>(), breakdown.Sum(part => part.Value!.GetValue<int>()));
        Assert.NotEmpty(match["explanation"]!["summary"]!.GetValue<string>());
        Assert.NotEmpty(match["explanation"]!["reasons"]!.AsArray());

        var program = match["program"]!;
        Assert.NotEmpty(program["title"]!.GetValue<string>());
        Assert.True(Uri.TryCreate(program["announcementUrl"]!.GetValue<string>(), UriKind.Absolute, out _));
        if (program["budgetAmount"] is { } budget)
        {
            Assert.True(long.Parse(budget.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture) > 0);
        }

        if (program["deadline"]?.GetValue<string>() is not { } text)
        {
            Assert.Null(program["daysLeft"]);
            return;
        }

        Assert.EndsWith("+09:00", text, StringComparison.Ordinal);
        var deadline = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).Date;

        // Midnight may have passed since the answer was made.
        Assert.InRange(program["daysLeft"]!.GetValue<int>(), (deadline.Date - today).Days, (deadline.Date - today).Days + 1);
    }

    private static Dictionary<string, string> IdsByProgram(JsonObject body) => body["matches"]!.AsArray().ToDictionary(
        match => match!["program"]!["id"]!.GetValue<string>(), match => match!["id"]!.GetValue<string>());

    private async Task<(ApiClient User, Guid Organization)> SignUpAsync(string sector, params string[] keyTechnologies)
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        return (user, await user.CreateOrganizationAsync(sector, keyTechnologies));
    }
}
