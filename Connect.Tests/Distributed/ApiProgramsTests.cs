using System.Globalization;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed;

/// <summary>The list over HTTP. Other tests scrape meanwhile, so only unchanged rows are compared.</summary>
public sealed class ApiProgramsTests(ApiUsers users) : IClassFixture<ApiUsers>
{
    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Every_program_comes_once_the_open_ones_first(int limit)
    {
        var before = await WalkAsync("?limit=50");
        var walked = await WalkAsync($"?limit={limit}");
        var after = await WalkAsync("?limit=50");

        var ids = walked.ConvertAll(Id);
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(before.ConvertAll(Key).Intersect(after.ConvertAll(Key)).Except(walked.ConvertAll(Key)));
        var order = walked.ConvertAll(row => (Phase: PhaseOf(row), Days: DaysTo(row)));
        Assert.Equal(order.Order(), order);
    }

    [Theory]
    [InlineData("agency=KEIT", "agency", "KEIT")]
    [InlineData("agency=keit", "agency", "KEIT")]
    [InlineData("status=EXPIRED", "status", "EXPIRED")]
    [InlineData("agency=NTIS&status=ACTIVE", "status", "ACTIVE")]
    [InlineData("kind=CALL", "kind", "CALL")]
    [InlineData("q=기술개발&agency=KEIT&sort=published", "agency", "KEIT")]
    public async Task Programs_have_the_value_that_the_filter_asks_for(string query, string field, string value)
    {
        var rows = await WalkAsync($"?limit=100&{query}");

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(value, row[field]!.GetValue<string>()));
    }

    [Fact]
    public async Task Programs_are_of_the_sector_that_the_filter_asks_for()
    {
        var rows = await WalkAsync("?limit=100&sector=BIO_HEALTH");

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains("BIO_HEALTH", row["sectors"]!.AsArray().Select(sector => sector!.GetValue<string>())));
    }

    [Fact]
    public async Task Program_tells_the_words_that_it_was_classified_by()
    {
        var row = (await WalkAsync("?limit=100&sector=MARINE")).First(one => one["kind"]!.GetValue<string>() == "CALL");

        var detail = ApiAssert.Ok(await users.Member.SendAsync(HttpMethod.Get, $"/api/programs/{Id(row)}"));

        var evidence = detail["evidence"]!.AsArray().ToLookup(one => one!["what"]!.GetValue<string>(), one => one!["value"]!.GetValue<string>());
        Assert.Equal(["CALL"], evidence["kind"]);
        Assert.Contains("MARINE", evidence["sector"]);
        Assert.Contains(detail["trlConfidence"]!.GetValue<string>(), (string[])["EXPLICIT", "INFERRED", "MISSING"]);
        Assert.NotNull(detail["regions"]);
    }

    [Fact]
    public async Task Program_tells_where_it_stands_and_what_has_changed()
    {
        var joined = new List<JsonNode>();
        foreach (var row in await WalkAsync("?limit=100"))
        {
            var detail = ApiAssert.Ok(await users.Member.SendAsync(HttpMethod.Get, $"/api/programs/{Id(row)}"));
            var postings = detail["postings"]!.AsArray();
            Assert.Contains(row["announcementUrl"]!.GetValue<string>(), postings.Select(posting => posting!["url"]!.GetValue<string>()));
            Assert.Equal(row["agency"]!.GetValue<string>(), postings[0]!["agency"]!.GetValue<string>());
            Assert.NotNull(detail["changes"]!.AsArray());
            if (postings.DistinctBy(posting => posting!["agency"]!.GetValue<string>()).Count() > 1)
            {
                joined.Add(detail);
            }
        }

        // The boards publish two announcements on the portal, too.
        Assert.True(joined.Count >= 2, $"{joined.Count} programs stand on several boards.");
    }

    [Fact]
    public async Task Title_with_markup_is_text_that_no_page_can_take_for_markup()
    {
        // One announcement of the boards has a script in its title.
        var row = Assert.Single(await WalkAsync($"?limit=100&q={Uri.EscapeDataString("<script>alert")}"));

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(users.Member.Address, $"/api/programs/{Id(row)}"));
        request.Headers.Authorization = users.Member.Authorization;
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var raw = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("\\u003Cscript\\u003Ealert", raw, StringComparison.Ordinal);
        Assert.DoesNotContain('<', raw);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Programs_are_found_by_words_of_their_title()
    {
        var title = (await WalkAsync("?limit=100")).First()["title"]!.GetValue<string>();

        var rows = await WalkAsync($"?limit=100&q={Uri.EscapeDataString(title.Length > 100 ? title[..100] : title)}");

        Assert.Contains(title, rows.Select(row => row["title"]!.GetValue<string>()));
        Assert.True(rows.Count < (await WalkAsync("?limit=100")).Count);
    }

    [Theory]
    [InlineData("%2B09:00")]
    [InlineData("+09:00")]
    public async Task Deadlines_are_within_the_moments_that_the_filter_names(string offset)
    {
        var deadlines = (await WalkAsync("?limit=100")).Select(Deadline).OfType<DateTimeOffset>().Distinct().Order().ToList();
        var (from, to) = (deadlines[deadlines.Count / 4], deadlines[deadlines.Count / 2]);

        var rows = await WalkAsync($"?limit=100&deadlineFrom={from:yyyy-MM-ddTHH:mm:ss}{offset}&deadlineTo={to:yyyy-MM-ddTHH:mm:ss}{offset}");

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.InRange(Deadline(row)!.Value, from, to));
    }

    [Fact]
    public async Task Program_is_shown_with_its_description()
    {
        var row = (await WalkAsync("?limit=100&agency=NTIS")).First();

        var detail = ApiAssert.Ok(await users.Member.SendAsync(HttpMethod.Get, $"/api/programs/{Id(row)}"));

        Assert.Equal(row["title"]!.GetValue<string>(), detail["summary"]!["title"]!.GetValue<string>());
        Assert.NotEmpty(detail["description"]!.GetValue<string>());
        Assert.EndsWith("+09:00", detail["publishedAt"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(detail["attachmentNames"]);
        Assert.All(
            (await WalkAsync("?limit=100")).Select(item => item["deadline"]?.GetValue<string>()).OfType<string>(),
            deadline => Assert.EndsWith("+09:00", deadline, StringComparison.Ordinal));
    }

    private async Task<List<JsonObject>> WalkAsync(string query)
    {
        List<JsonObject> rows = [];
        string? cursor = null;
        do
        {
            var page = ApiAssert.Ok(await users.Member.SendAsync(
                HttpMethod.Get, $"/api/programs{query}{(cursor is null ? "" : $"&cursor={cursor}")}"));
            rows.AddRange(page["items"]!.AsArray().Select(row => row!.AsObject()));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        return rows;
    }

    private static int PhaseOf(JsonObject row) => row["status"]!.GetValue<string>() switch { "ACTIVE" => 0, "UPCOMING" => 1, _ => 2 };

    // Closed programs have the latest deadline first; those without one come last.
    private static long DaysTo(JsonObject row) => Deadline(row) is { } deadline ? deadline.UtcTicks * (PhaseOf(row) == 2 ? -1 : 1) : long.MaxValue;

    private static string Id(JsonObject row) => row["id"]!.GetValue<string>();

    private static (string, DateTimeOffset?) Key(JsonObject row) => (Id(row), Deadline(row));

    private static DateTimeOffset? Deadline(JsonObject row) =>
        row["deadline"] is { } deadline ? DateTimeOffset.Parse(deadline.GetValue<string>(), CultureInfo.InvariantCulture) : null;
}
