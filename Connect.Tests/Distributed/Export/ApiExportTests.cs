using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Programs;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;

namespace Connect.Tests.Distributed.Export;

/// <summary>Exported tables over HTTP.</summary>
public sealed class ApiExportTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 40)]
    [InlineData("&sort=amount", 40)]
    [InlineData("&status=ACTIVE&amountFrom=30000000", 8)]
    [InlineData("&kind=SURVEY", 0)]
    public async Task Programs_are_those_of_the_list_in_its_order(string filters, int expected)
    {
        var word = await AddProgramsAsync(40);
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();
        var listed = await WalkAsync(user, $"/api/programs?q={word}&limit=7{filters}");

        var csv = ExportedTable.ReadCsv((await FetchAsync(user, $"/api/programs/export?q={word}{filters}", "text/csv", "programs-")).Body);
        var xlsx = ExportedTable.ReadXlsx((await FetchAsync(
            user, $"/api/programs/export?format=xlsx&q={word}{filters}", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "programs-")).Body);

        Assert.Equal(expected, listed.Count);
        Assert.Equal(listed.Select(item => Text(item, "id")), csv.Skip(1).Select(row => row[0]));
        Assert.Equal(csv.Select(row => row[0]), xlsx.Select(row => row[0]));
        foreach (var (item, row) in listed.Zip(csv.Skip(1)))
        {
            Assert.Equal([Text(item, "title"), Text(item, "agency"), Text(item, "kind"), Text(item, "status")], row[1..5]);
            Assert.Equal(Text(item, "budgetAmount"), row[8]);
            Assert.Equal(
                DateTimeOffset.Parse(Text(item, "deadline"), CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row[10]);
        }
    }

    [Fact]
    public async Task Ranking_is_that_of_the_answer_with_its_reasons()
    {
        await AddProgramsAsync(3);
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();
        var organization = await user.CreateOrganizationAsync("ICT", "인공지능");
        var matches = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/organizations/{organization}/matches?limit=15"))["matches"]!.AsArray();

        var (rows, language) = await FetchAsync(user, $"/api/organizations/{organization}/matches/export", "text/csv", "matches-");
        var table = ExportedTable.ReadCsv(rows);

        Assert.True(matches.Count >= 3);
        Assert.Equal("ko", language);
        Assert.Equal(
            matches.Select(match => (Text(match!, "id"), match!["score"]!.ToString(), match["explanation"]!["summary"]!.GetValue<string>())),
            table.Skip(1).Select(row => (row[0], row[1], row[7])));

        var incomplete = await (await new ApiClient(shared.Api.Address).SignUpAsync()).SendAsync(HttpMethod.Get, $"/api/organizations/{organization}/matches/export");
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", incomplete);
    }

    [Fact]
    public async Task Stored_matches_are_those_of_the_list_as_filtered()
    {
        var word = await AddProgramsAsync(6);
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();
        var organization = await user.CreateOrganizationAsync("ICT", "인공지능", word);
        var first = ApiAssert.Ok(await user.GenerateAsync(organization))["matches"]![0]!;
        var note = $"메모 {Guid.NewGuid():N}";
        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, $"/api/matches/{Text(first, "id")}", new { status = "APPLIED", note = $"=1+1 {note}", saved = true }));

        foreach (var filters in (string[])["", "&saved=true", "&status=APPLIED", "&status=WON", $"&q={word}", $"&q={Uri.EscapeDataString(note)}", $"&q=-{word}"])
        {
            var listed = await WalkAsync(user, $"/api/matches?organizationId={organization}&limit=2{filters}");
            var rows = ExportedTable.ReadCsv(
                (await FetchAsync(user, $"/api/matches/export?organizationId={organization}{filters}", "text/csv", "stored-matches-")).Body);

            Assert.Equal(listed.Select(item => Text(item, "id")), rows.Skip(1).Select(row => row[0]));
        }

        var marked = ExportedTable.ReadCsv((await FetchAsync(
            user, $"/api/matches/export?organizationId={organization}&saved=true", "text/csv", "stored-matches-")).Body)[1];
        Assert.Equal(("TRUE", "FALSE", "APPLIED", $"'=1+1 {note}"), (marked[7], marked[8], marked[9], marked[11]));

        var stranger = await new ApiClient(shared.Api.Address).SignUpAsync();
        ApiAssert.Problem(
            HttpStatusCode.NotFound, "not-found", await stranger.SendAsync(HttpMethod.Get, $"/api/matches/export?organizationId={organization}"));
    }

    [Fact]
    public async Task Words_find_stored_matches_by_program_and_note()
    {
        await AddProgramsAsync(4);
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();
        var organization = await user.CreateOrganizationAsync("ICT", "인공지능");
        await user.GenerateAsync(organization);
        var matches = await WalkAsync(user, $"/api/matches?organizationId={organization}");

        // Other tests' programs may be among them.
        var word = TitleOf(matches[0]).Split(' ')[^2];
        var count = matches.Count(match => TitleOf(match).Contains(word, StringComparison.Ordinal));
        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, $"/api/matches/{Text(matches[0], "id")}", new { note = "컨소시엄 대표 확인" }));

        Assert.Equal(count, await CountAsync($"{word} 인공 지능"));
        Assert.Equal(1, await CountAsync($"{word} 컨소시엄"));
        Assert.Equal(1, await CountAsync($"\"대표 확인\" 컨소시엄 {word}"));
        Assert.Equal(count - 1, await CountAsync($"{word} -컨소시엄"));
        Assert.Equal(matches.Count - count, await CountAsync($"-{word}"));
        Assert.Equal(0, await CountAsync($"{word} 없는낱말"));
        Assert.Equal(0, await CountAsync("!!!"));
        ApiAssert.Invalid(
            await user.SendAsync(HttpMethod.Get, $"/api/matches?organizationId={organization}&q={new string('가', 201)}"), "q");

        async Task<int> CountAsync(string q) =>
            (await WalkAsync(user, $"/api/matches?organizationId={organization}&q={Uri.EscapeDataString(q)}")).Count;
    }

    [Theory]
    [InlineData("/api/programs/export?format=pdf", "format")]
    [InlineData("/api/programs/export?sort=relevance", "sort")]
    [InlineData("/api/matches/export?organizationId=019b0000-0000-7000-8000-000000000000&format=x", "format")]
    [InlineData("/api/matches/export?organizationId=019b0000-0000-7000-8000-000000000000&status=x", "status")]
    [InlineData("/api/organizations/019b0000-0000-7000-8000-000000000000/matches/export?format=x", "format")]
    public async Task Invalid_queries_are_refused(string path, string field)
    {
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();

        ApiAssert.Invalid(await user.SendAsync(HttpMethod.Get, path), field);
    }

    private static string TitleOf(JsonNode match) => match["program"]!["title"]!.GetValue<string>();

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<List<JsonNode>> WalkAsync(ApiClient user, string path)
    {
        List<JsonNode> items = [];
        string? cursor = null;
        do
        {
            var page = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, cursor is null ? path : $"{path}&cursor={cursor}"));
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return items;
    }

    private static async Task<(byte[] Body, string? Language)> FetchAsync(ApiClient user, string path, string mediaType, string name)
    {
        using var http = new HttpClient { BaseAddress = user.Address };
        http.DefaultRequestHeaders.Authorization = user.Authorization;
        using var response = await http.GetAsync(path, CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var headers = response.Content.Headers;
        Assert.Equal(mediaType, headers.ContentType?.MediaType);
        Assert.Equal("attachment", headers.ContentDisposition?.DispositionType);
        Assert.StartsWith(name, headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        return (await response.Content.ReadAsByteArrayAsync(CancellationToken), headers.ContentLanguage.SingleOrDefault());
    }

    // Open ones and closed ones, whose titles have a word of their own, which is given back.
    private async Task<string> AddProgramsAsync(int count)
    {
        var word = $"w{Guid.NewGuid():N}";
        await using var context = shared.Instances.CreateContext();
        for (var number = 0; number < count; number++)
        {
            context.Programs.Add(new FundingProgram
            {
                Title = $"2099년도 인공지능 기술개발사업 신규과제 공고 {word} {number}",
                Agency = Agency.IITP,
                AnnouncementUrl = $"https://example.com/{word}/{number}",
                IdentityKey = $"{word}-{number}",
                Fingerprint = $"{number}",
                BudgetAmount = number * 1_000_000L,
                Deadline = number >= 38 ? new DateTimeOffset(2020, 3, 1, 9, 0, 0, TimeSpan.Zero) : new DateTimeOffset(2099, 7, 1 + (number % 20), 9, 0, 0, TimeSpan.Zero),
                Status = number >= 38 ? ProgramStatus.Expired : ProgramStatus.Active,
            }.Classified());
        }

        await context.SaveChangesAsync(CancellationToken);
        return word;
    }
}
