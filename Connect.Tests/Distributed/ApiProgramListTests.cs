using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Connect.Domain.Programs;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;

namespace Connect.Tests.Distributed;

/// <summary>Searches, counts and cached pages of the list of programs, over HTTP.</summary>
public sealed class ApiProgramListTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_page_is_in_memory_until_any_program_changes()
    {
        // Of an agency that no other test has programs of.
        var id = await AddAsync(Agency.KIMST, "해양 기술수요조사 안내");
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();
        const string List = "/api/programs?agency=KIMST&limit=5";
        Assert.Equal("miss", (await user.SendAsync(HttpMethod.Get, List)).Cache);

        var cached = await user.SendAsync(HttpMethod.Get, List);
        var counted = await user.SendAsync(HttpMethod.Get, $"{List}&facets=true");
        var administrator = await new ApiClient(shared.Api.Address).SignInAsAdministratorAsync();
        ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Patch, $"/api/admin/programs/{id}", new { kind = "NOTICE", reason = "공고문과 다릅니다" }));
        var changed = await user.SendAsync(HttpMethod.Get, List);

        Assert.Equal(("memory", 0), (cached.Cache, cached.Queries));
        Assert.Equal("SURVEY", Assert.Single(ApiAssert.Ok(cached)["items"]!.AsArray())!["kind"]!.GetValue<string>());
        Assert.Equal(1, counted.Body!["facets"]!["kind"]![0]!["count"]!.GetValue<int>());
        Assert.Equal("miss", changed.Cache);
        Assert.Equal("NOTICE", Assert.Single(ApiAssert.Ok(changed)["items"]!.AsArray())!["kind"]!.GetValue<string>());
        Assert.NotEqual(cached.ETag, changed.ETag);
    }

    [Theory]
    [InlineData("인공 지능 반도체")]
    [InlineData("반도체 인공지능")]
    [InlineData("\"인공지능 반도체\" -바이오")]
    [InlineData("ＮＰＵ 반도체")]
    [InlineData("npu")]
    public async Task Words_are_found_however_they_are_written(string q)
    {
        var title = $"2099년도 인공지능 반도체(NPU) 시제품 {Guid.NewGuid():N}";
        var id = await AddAsync(Agency.KEIT, title);
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();

        foreach (var form in (NormalizationForm[])[NormalizationForm.FormC, NormalizationForm.FormD])
        {
            var answer = ApiAssert.Ok(await user.SendAsync(
                HttpMethod.Get, $"/api/programs?limit=100&highlight=true&q={Uri.EscapeDataString($"{q} {title[^32..]}".Normalize(form))}"));
            var item = Assert.Single(answer["items"]!.AsArray())!;

            Assert.Equal(id.ToString(), item["id"]!.GetValue<string>());
            Assert.Equal(title, item["title"]!.GetValue<string>());
            Assert.Contains(Places(item), place => title.Substring(place.Start, place.Length).EndsWith(title[^32..], StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Counts_tell_what_other_choices_would_give()
    {
        var word = $"w{Guid.NewGuid():N}";
        await AddAsync(Agency.IITP, $"{word} 수소 기술개발사업 신규과제 공고");
        await AddAsync(Agency.KEIT, $"{word} 선박 기술개발사업 신규과제 공고");
        await AddAsync(Agency.KEIT, $"{word} 기술수요조사 안내");
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();

        var facets = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/programs?q={word}&agency=KEIT&kind=CALL&facets=true"))["facets"]!;

        Assert.Equal([("IITP", 1), ("KEIT", 1)], Counts(facets["agency"]!));
        Assert.Equal(2, Counts(facets["kind"]!).Sum(one => one.Count));
        Assert.Equal([("MARINE", 1)], Counts(facets["sector"]!));
        Assert.Equal([("ACTIVE", 1)], Counts(facets["status"]!));
        Assert.Equal([(null, 1)], Counts(facets["region"]!));
    }

    [Fact]
    public async Task Program_is_expired_from_its_deadline_on_although_no_worker_has_run()
    {
        var word = $"w{Guid.NewGuid():N}";
        var id = await AddAsync(Agency.TIPA, $"{word} 공고", new DateTimeOffset(2020, 1, 1, 9, 0, 0, TimeSpan.Zero));
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();

        Assert.Empty(ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/programs?q={word}&status=ACTIVE"))["items"]!.AsArray());
        var item = Assert.Single(ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/programs?q={word}&status=EXPIRED"))["items"]!.AsArray())!;
        var detail = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/programs/{id}"));
        Assert.Equal(("EXPIRED", "EXPIRED"), (item["status"]!.GetValue<string>(), detail["summary"]!["status"]!.GetValue<string>()));
    }

    private static IEnumerable<(string? Value, int Count)> Counts(JsonNode facet) =>
        facet.AsArray().Select(one => (one!["value"]?.GetValue<string>(), one["count"]!.GetValue<int>()));

    private static IEnumerable<(int Start, int Length)> Places(JsonNode item) =>
        item["hits"]!["title"]!.AsArray().Select(place => (place!["start"]!.GetValue<int>(), place["length"]!.GetValue<int>()));

    private async Task<Guid> AddAsync(Agency agency, string title, DateTimeOffset? deadline = null)
    {
        await using var context = shared.Instances.CreateContext();
        var key = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var program = new FundingProgram
        {
            Agency = agency,
            Title = title,
            AnnouncementUrl = $"https://example.com/{key}",
            IdentityKey = key,
            Fingerprint = key,
            Deadline = deadline ?? new DateTimeOffset(2099, 7, 31, 9, 0, 0, TimeSpan.Zero),
        }.Classified();
        context.Programs.Add(program);
        await context.SaveChangesAsync(CancellationToken);
        return program.Id;
    }
}
