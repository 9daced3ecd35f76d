using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed;

/// <summary>Fields of programs that administrators set by hand, over HTTP.</summary>
public sealed class ApiCorrectionsTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Reason = "공고문과 다릅니다";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Correction_is_seen_in_the_next_ranking_and_kept_in_history_and_audit_trail()
    {
        // No other test's program is for companies.
        var id = await AddProgramAsync();
        var address = shared.Api.Address;
        var administrator = await new ApiClient(address).SignInAsAdministratorAsync();
        var member = await new ApiClient(address).SignUpAsync();
        var organization = await member.CreateOrganizationAsync();
        Assert.Equal([id], await MatchesAsync(member, organization));

        ApiAssert.Problem(HttpStatusCode.Forbidden, "forbidden", await member.SendAsync(HttpMethod.Patch, Path(id), new { kind = "NOTICE", reason = Reason }));
        var corrected = ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Patch, Path(id), new { kind = "NOTICE", deadline = "2099-08-31T18:00:00+09:00", reason = Reason }));

        Assert.Empty(await MatchesAsync(member, organization));
        Assert.Equal(
            [("kind", "NOTICE", "CALL"), ("deadline", "2099-08-31T18:00:00+09:00", "2099-07-31T18:00:00+09:00")],
            corrected["corrections"]!.AsArray().Select(one => (one!["field"]!.GetValue<string>(), one["value"]?.GetValue<string>(), one["boardValue"]!.GetValue<string>())));
        var program = ApiAssert.Ok(await member.SendAsync(HttpMethod.Get, $"/api/programs/{id}"));
        Assert.Equal(("NOTICE", "2099-08-31T18:00:00+09:00"), (program["summary"]!["kind"]!.GetValue<string>(), program["summary"]!["deadline"]!.GetValue<string>()));
        Assert.Equal("HAND", Assert.Single(program["evidence"]!.AsArray(), one => one!["what"]!.GetValue<string>() == "kind")!["source"]!.GetValue<string>());
        var change = Assert.Single(program["changes"]!.AsArray())!;
        Assert.Equal("CORRECTED", change["kind"]!.GetValue<string>());
        Assert.Equal("""{"field":"kind","old":"CALL","new":"NOTICE"}""", change["fields"]![0]!.ToJsonString());
        var audit = ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Get, "/api/admin/audit"));
        Assert.Contains(audit["items"]!.AsArray(), entry =>
            (entry!["method"]!.GetValue<string>(), entry["route"]!.GetValue<string>(), entry["target"]!.GetValue<string>(), entry["status"]?.GetValue<int>())
                == ("PATCH", "/api/admin/programs/{id:guid}", $"id={id}", 200));

        ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Delete, $"{Path(id)}/corrections/kind"));
        Assert.Equal([id], await MatchesAsync(member, organization));
        var left = ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Get, "/api/admin/corrections"));
        Assert.Equal("deadline", Assert.Single(left["items"]!.AsArray(), one => IsOf(one, id))!["field"]!.GetValue<string>());
        Assert.Empty(ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Get, "/api/admin/corrections?conflicts=true"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Same_value_for_the_same_reason_changes_nothing()
    {
        var id = await AddProgramAsync(OrganizationType.ResearchInstitute);
        var address = shared.Api.Address;
        var administrator = await new ApiClient(address).SignInAsAdministratorAsync();
        var correction = new { kind = "NOTICE", deadline = "2099-08-31T18:00:00+09:00", reason = Reason };
        ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Patch, Path(id), correction));
        var first = await ReadAsync();

        ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Patch, Path(id), correction));
        var second = await ReadAsync();
        ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Patch, Path(id), correction with { reason = "다른 이유" }));
        var third = await ReadAsync();

        Assert.Equal(first, second);
        Assert.Equal((first.Program, first.Evictions, first.Changes), (third.Program, third.Evictions, third.Changes));
        Assert.NotEqual(first.Corrections, third.Corrections);

        // Each version of a row has the id of the transaction that wrote it.
        async Task<(string Program, string Corrections, int Evictions, int Changes)> ReadAsync()
        {
            await using var context = shared.Instances.CreateContext();
            return (
                await context.Database.SqlQuery<string>($"select xmin::text as \"Value\" from programs where id = {id}").SingleAsync(CancellationToken),
                string.Join(' ', await context.Database.SqlQuery<string>($"select xmin::text as \"Value\" from program_corrections where program_id = {id} order by id").ToListAsync(CancellationToken)),
                await context.CacheEvictions.CountAsync(CancellationToken),
                await context.ProgramChanges.CountAsync(change => change.ProgramId == id, CancellationToken));
        }
    }

    [Theory]
    [InlineData("""{"kind":"NOTICE"}""", "reason")]
    [InlineData("""{"kind":"NOTICE","reason":" "}""", "reason")]
    [InlineData("""{"reason":"x"}""", "")]
    [InlineData("""{"kind":null,"reason":"x"}""", "kind")]
    [InlineData("""{"kind":"POEM","reason":"x"}""", "kind")]
    [InlineData("""{"deadline":"0001-01-01T00:00:00Z","reason":"x"}""", "deadline")]
    [InlineData("""{"deadline":"2099-07-31T18:00:00","reason":"x"}""", "deadline")]
    [InlineData("""{"budgetAmount":"1e9","reason":"x"}""", "budgetAmount")]
    [InlineData("""{"budgetAmount":300000000,"reason":"x"}""", "budgetAmount")]
    [InlineData("""{"targetTypes":["COMPANY","COMPANY"],"reason":"x"}""", "targetTypes")]
    [InlineData("""{"sectors":["ICT","ENERGY","MARINE"],"reason":"x"}""", "sectors")]
    [InlineData("""{"title":"다른 제목","reason":"x"}""", "title")]
    public async Task Nothing_is_set_when_a_value_is_wrong(string body, string field)
    {
        var id = await AddProgramAsync(OrganizationType.ResearchInstitute);
        var administrator = await new ApiClient(shared.Api.Address).SignInAsAdministratorAsync();

        ApiAssert.Invalid(await administrator.SendAsync(HttpMethod.Patch, Path(id), JsonNode.Parse(body)), field);

        Assert.DoesNotContain(ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Get, "/api/admin/corrections"))["items"]!.AsArray(), one => IsOf(one, id));
    }

    [Fact]
    public async Task Unknown_program_field_and_correction_are_not_found()
    {
        var id = await AddProgramAsync(OrganizationType.ResearchInstitute);
        var administrator = await new ApiClient(shared.Api.Address).SignInAsAdministratorAsync();

        foreach (var answer in new[]
        {
            await administrator.SendAsync(HttpMethod.Patch, Path(Guid.CreateVersion7()), new { kind = "NOTICE", reason = Reason }),
            await administrator.SendAsync(HttpMethod.Delete, $"{Path(id)}/corrections/kind"),
            await administrator.SendAsync(HttpMethod.Delete, $"{Path(id)}/corrections/title"),
        })
        {
            ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", answer);
        }
    }

    private static string Path(Guid id) => $"/api/admin/programs/{id}";

    private async Task<Guid> AddProgramAsync(params List<OrganizationType> targets)
    {
        await using var context = shared.Instances.CreateContext();
        var key = Guid.NewGuid().ToString("N");
        var program = new FundingProgram
        {
            Title = "2099년도 인공지능 기술개발사업 신규과제 공고",
            AnnouncementUrl = $"https://example.com/{key}",
            IdentityKey = key,
            Fingerprint = key,
            Deadline = new DateTimeOffset(2099, 7, 31, 9, 0, 0, TimeSpan.Zero),
            StatedTargetTypes = targets,
        }.Classified();
        context.Programs.Add(program);
        await context.SaveChangesAsync(CancellationToken);
        return program.Id;
    }

    private static bool IsOf(JsonNode? correction, Guid program) => correction!["programId"]!.GetValue<Guid>() == program;

    private static async Task<IEnumerable<Guid>> MatchesAsync(ApiClient member, Guid organization)
    {
        var answer = ApiAssert.Ok(await member.SendAsync(HttpMethod.Get, $"/api/organizations/{organization}/matches"));
        return answer["matches"]!.AsArray().Select(match => match!["program"]!["id"]!.GetValue<Guid>());
    }
}
