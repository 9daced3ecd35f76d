// Not part of this project: compiled by ApiConsumerTests together with the client that is generated from the document.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Xunit;

namespace Connect.Consumer;

/// <summary>The code of a consumer that knows only the document.</summary>
public static class ConsumerStory
{
    private const string Password = "Passw0rd!-1";

    public static async Task RunAsync(Uri address, string businessNumber)
    {
        using var http = new HttpClient { BaseAddress = address };
        var client = new ConnectClient(http);
        await SignUpAsync(client, http);

        var created = await client.CreateOrganizationAsync(idempotency_Key: null, new CreateOrganizationRequest
        {
            Type = OrganizationType.COMPANY,
            Name = "새봄테크",
            BusinessNumber = businessNumber,
            IndustrySector = Sector.BIO_HEALTH,
            EstablishedOn = new DateOnly(2020, 3, 2),
            Regions = [Region.SEOUL, Region.DAEJEON],
            TechnologyReadinessLevel = 5,
            KeyTechnologies = ["바이오"],
        });
        Assert.EndsWith("*****", created.BusinessNumber);
        Assert.Equal(Sector.BIO_HEALTH, created.Profile.IndustrySector);
        Assert.Equal([Region.SEOUL, Region.DAEJEON], created.Profile.Regions);
        Assert.Equal(new DateOnly(2020, 3, 2), created.Profile.EstablishedOn);
        Assert.Null(created.Profile.CompanyScale);

        // Only what was set is sent.
        var patched = await client.UpdateOrganizationAsync(created.Id, if_Match: null, new UpdateOrganizationRequestPatch { IndustrySector = Sector.ICT, CompanyScale = CompanyScale.SME });
        Assert.Equal((Sector.ICT, CompanyScale.SME, "새봄테크"), (patched.Profile.IndustrySector, patched.Profile.CompanyScale, patched.Profile.Name));

        await MatchAsync(client, created.Id);
        await PageAsync(client);
        await BeRefusedAsync(client, address, businessNumber, created.Id);
    }

    private static async Task SignUpAsync(ConnectClient client, HttpClient http)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await client.RegisterAsync(new RegisterRequest { Email = email, Password = Password });
        var tokens = await client.LoginAsync(useCookies: null, useSessionCookies: null, new LoginRequest { Email = email, Password = Password });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(tokens.TokenType, tokens.AccessToken);
        Assert.Equal(email, (await client.GetAccountAsync()).Email);
    }

    private static async Task MatchAsync(ConnectClient client, Guid organization)
    {
        var matches = await client.GenerateMatchesAsync(
            organization, status: RankedStatus.ACTIVE, includeDismissed: null, limit: 5, explain: true, accept_Language: "en");
        Assert.Equal(organization, matches.OrganizationId);
        Assert.InRange(matches.Matches.Count, 1, 5);
        Assert.All(matches.Matches, match =>
        {
            var parts = match.Breakdown;
            Assert.Equal(match.Score, parts.Industry + parts.Trl + parts.Type + parts.Rnd + parts.Deadline);
            Assert.NotEmpty(match.Explanation.Summary);
            Assert.True(match.Program.BudgetAmount is null || decimal.Parse(match.Program.BudgetAmount) >= 0);
        });
        Assert.NotNull(matches.Hidden);
        Assert.Equal(matches.Matches.First().Id, (await client.GetMatchExplanationAsync(matches.Matches.First().Id, if_None_Match: null, accept_Language: null)).MatchId);
    }

    private static async Task PageAsync(ConnectClient client)
    {
        HashSet<Guid> seen = [];
        string? cursor = null;
        for (var page = 0; page < 3; page++)
        {
            var found = await client.ListProgramsAsync(
                q: null, agency: null, kind: null, status: [ProgramStatus.ACTIVE], sector: [Sector.ICT], region: null, audience: null, trl: null,
                unrestricted: null, amountFrom: null, amountTo: null, publishedFrom: null, publishedTo: null, deadlineFrom: null, deadlineTo: null,
                sort: ProgramSort.DEADLINE, facets: null, highlight: null, limit: 2, cursor, if_None_Match: null);
            Assert.All(found.Items, program =>
            {
                Assert.Contains(Sector.ICT, program.Sectors);
                Assert.True(seen.Add(program.Id));
            });
            cursor = found.NextCursor;
        }

        Assert.Equal(6, seen.Count);
        var detail = await client.GetProgramAsync(seen.First(), if_None_Match: null);
        Assert.NotEmpty(detail.Postings);
    }

    private static async Task BeRefusedAsync(ConnectClient client, Uri address, string businessNumber, Guid organization)
    {
        using var http = new HttpClient { BaseAddress = address };
        var stranger = new ConnectClient(http);
        var unauthorized = await Assert.ThrowsAsync<ApiException<ProblemDetails>>(() => stranger.GetOrganizationAsync(organization, if_None_Match: null));
        Assert.Equal((401, "urn:connect:problem:unauthorized"), (unauthorized.StatusCode, unauthorized.Result.Type));

        await SignUpAsync(stranger, http);
        var unknown = await Assert.ThrowsAsync<ApiException<ProblemDetails>>(() => stranger.GetOrganizationAsync(organization, if_None_Match: null));
        Assert.Equal((404, "urn:connect:problem:not-found", 404), (unknown.StatusCode, unknown.Result.Type, unknown.Result.Status));
        var forbidden = await Assert.ThrowsAsync<ApiException<ProblemDetails>>(() => stranger.GetCacheAsync());
        Assert.Equal(403, forbidden.StatusCode);
        var conflict = await Assert.ThrowsAsync<ApiException<ProblemDetails>>(() => stranger.CreateOrganizationAsync(
            idempotency_Key: null, new CreateOrganizationRequest { Type = OrganizationType.COMPANY, Name = "새봄", BusinessNumber = businessNumber }));
        Assert.Equal("urn:connect:problem:organization-exists", conflict.Result.Type);

        var invalid = await Assert.ThrowsAsync<ApiException<HttpValidationProblemDetails>>(
            () => client.GenerateMatchesAsync(organization, status: null, includeDismissed: null, limit: 99, explain: null, accept_Language: null));
        Assert.Equal(["limit"], invalid.Result.Errors!.Keys);
    }
}

/// <summary>The generated client's settings: enums by name, and only what was set is sent.</summary>
public partial class ConnectClient
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        settings.Converters.Add(new JsonStringEnumConverter());
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }
}
