using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Programs;
using Connect.Domain.Series;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;

namespace Connect.Tests.Distributed;

/// <summary>A program's rounds and the programs that are like it, over HTTP.</summary>
public sealed class ApiProgramSeriesTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rounds_of_all_years_are_listed_with_dates_and_amounts_and_the_next_one_is_expected()
    {
        var today = SeoulTime.DateOf(TimeProvider.System.GetUtcNow());
        var name = $"달토양 전극 {Guid.NewGuid():N}";
        List<Guid> ids = [];
        foreach (var ago in (int[])[3, 2, 1])
        {
            var opened = new DateTimeOffset(today.AddYears(-ago).AddMonths(2).ToDateTime(new(9, 0)), TimeSpan.FromHours(9)).ToUniversalTime();
            ids.Add(await AddAsync($"{opened.Year}년도 {name} 기술개발사업 신규과제 {(ago == 2 ? "재공모" : "공모")}", opened, ago * 100_000_000L));
        }

        await AddAsync($"2026년도 {name} 기술개발사업 수요조사", null, null);
        var member = await MemberAsync();

        var answer = await member.SendAsync(HttpMethod.Get, $"/api/programs/{ids[0]}/series");

        var series = ApiAssert.Ok(answer);
        Assert.Equal(["programId", "rounds", "nextState", "next"], series.AsObject().Select(property => property.Key));
        var rounds = series["rounds"]!.AsArray();
        Assert.Equal(ids.AsEnumerable().Reverse(), rounds.Select(round => round!["id"]!.GetValue<Guid>()));
        Assert.Equal(["100000000", "200000000", "300000000"], rounds.Select(round => round!["budgetAmount"]!.GetValue<string>()));
        Assert.All(rounds, round => Assert.EndsWith("+09:00", round!["applicationStart"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(rounds.Select(round => DateTimeOffset.Parse(round!["applicationStart"]!.GetValue<string>(), null).Year), rounds.Select(round => round!["year"]!.GetValue<int>()));
        var next = series["next"]!;
        Assert.Equal(("EXPECTED", "HIGH", 3, false), ((string?)series["nextState"], (string?)next["confidence"], (int)next["years"]!, (bool)next["overdue"]!));
        Assert.InRange(today.AddMonths(2), Day(next["from"]).AddDays(-3), Day(next["to"]).AddDays(3));
        Assert.Equal(HttpStatusCode.NotModified, (await member.SendAsync(HttpMethod.Get, $"/api/programs/{ids[1]}/series", ifNoneMatch: await TagAsync(member, ids[1]))).Status);
    }

    [Fact]
    public async Task Open_round_is_said_and_a_row_without_a_key_joins_its_series()
    {
        var name = $"달토양 촉매 {Guid.NewGuid():N}";
        var closed = await AddAsync($"2020년도 {name} 사업 공고", new(2020, 3, 1, 0, 0, 0, TimeSpan.Zero), null);
        var open = await AddAsync($"2099년도 {name} 사업 공고", null, null, program =>
        {
            (program.Status, program.Deadline) = (ProgramStatus.Active, new DateTimeOffset(2099, 3, 1, 0, 0, 0, TimeSpan.Zero));
            program.SeriesKey = null;
        });

        var series = ApiAssert.Ok(await (await MemberAsync()).SendAsync(HttpMethod.Get, $"/api/programs/{open}/series"));

        Assert.Equal([open, closed], series["rounds"]!.AsArray().Select(round => round!["id"]!.GetValue<Guid>()));
        Assert.Equal("PRESENT", (string?)series["nextState"]);
        Assert.Null(series["next"]);
    }

    [Fact]
    public async Task Title_that_could_be_anybodys_is_alone()
    {
        var id = await AddAsync("2026년 신규과제 공모", null, null);
        await AddAsync("2025년 신규과제 공모", null, null);

        var series = ApiAssert.Ok(await (await MemberAsync()).SendAsync(HttpMethod.Get, $"/api/programs/{id}/series"));

        Assert.Equal(id, Assert.Single(series["rounds"]!.AsArray())!["id"]!.GetValue<Guid>());
        Assert.Equal("NO_DATES", (string?)series["nextState"]);
    }

    [Fact]
    public async Task Similar_programs_are_open_ones_with_what_is_shared()
    {
        var deadline = new DateTimeOffset(2099, 5, 1, 9, 0, 0, TimeSpan.Zero);
        var id = await AddAsync("2026년도 수중드론 음파탐지 기술개발사업 공고", null, null);
        var like = await AddAsync("2099년도 수중드론 음파탐지 실증사업 공고", null, 700_000_000, Open);
        await AddAsync("2099년도 수중드론 음파탐지 기술개발사업 공고", null, null, Open);
        await AddAsync("2026년도 수중드론 음파탐지 표준화사업 공고", null, null);
        var member = await MemberAsync();

        var answer = ApiAssert.Ok(await member.SendAsync(HttpMethod.Get, $"/api/programs/{id}/similar?limit=1"));

        var similar = Assert.Single(answer["programs"]!.AsArray())!;
        Assert.Equal((like, "700000000"), (similar["id"]!.GetValue<Guid>(), (string?)similar["budgetAmount"]));
        Assert.Contains("수중드론", similar["sharedKeywords"]!.AsArray().Select(word => word!.GetValue<string>()));
        Assert.True(similar["score"]!.GetValue<int>() > 0);

        void Open(FundingProgram program) => (program.Status, program.Deadline) = (ProgramStatus.Active, deadline);
    }

    [Theory]
    [InlineData("series", HttpStatusCode.NotFound)]
    [InlineData("similar", HttpStatusCode.NotFound)]
    [InlineData("similar?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("similar?limit=21", HttpStatusCode.BadRequest)]
    public async Task Unknown_program_and_bad_limit_are_refused(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await (await MemberAsync()).SendAsync(HttpMethod.Get, $"/api/programs/{Guid.NewGuid()}/{path}")).Status);

    private static DateOnly Day(JsonNode? node) => DateOnly.Parse(node!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string?> TagAsync(ApiClient member, Guid id) => (await member.SendAsync(HttpMethod.Get, $"/api/programs/{id}/series")).ETag;

    private Task<ApiClient> MemberAsync() => new ApiClient(shared.Api.Address).SignUpAsync();

    private async Task<Guid> AddAsync(string title, DateTimeOffset? opened, long? budget, Action<FundingProgram>? change = null)
    {
        await using var context = shared.Instances.CreateContext();
        var key = Guid.NewGuid().ToString("N");
        var program = new FundingProgram
        {
            Title = title,
            Ministry = "해양수산부",
            Agency = Agency.NTIS,
            Status = ProgramStatus.Expired,
            AnnouncementUrl = $"https://example.com/{key}",
            IdentityKey = key,
            Fingerprint = key,
            ApplicationStart = opened,
            Deadline = opened?.AddDays(30),
            BudgetAmount = budget,
        }.Classified();
        program.SeriesKey = SeriesKey.Of(program);
        change?.Invoke(program);
        context.Programs.Add(program);
        await context.SaveChangesAsync(CancellationToken);
        return program.Id;
    }
}
