using System.Globalization;
using Connect.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Distributed.Consumer;

/// <summary>What an application does that has only the package <c>Connect.Client</c> and the address of a running API.</summary>
internal static class ConsumerStory
{
    private const string Password = "Passw0rd!-1";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static async Task RunAsync(Uri address, string businessNumber)
    {
        await using var provider = Provide(address);
        var client = await SignUpAsync(provider);

        var created = await client.CreateOrganizationAsync(NewOrganization(businessNumber), cancellationToken: CancellationToken);
        Assert.EndsWith("*****", created.BusinessNumber, StringComparison.Ordinal);
        Assert.Equal(Sector.BIO_HEALTH, created.Profile.IndustrySector);
        Assert.Equal([Region.SEOUL, Region.DAEJEON], created.Profile.Regions);
        Assert.Equal(new DateOnly(2020, 3, 2), created.Profile.EstablishedOn);
        Assert.Null(created.Profile.CompanyScale);

        // Only what was set is sent.
        var patch = new UpdateOrganizationRequestPatch { IndustrySector = Sector.ICT, CompanyScale = CompanyScale.SME };
        var patched = await client.UpdateOrganizationAsync(created.Id, patch, cancellationToken: CancellationToken);
        Assert.Equal(
            (Sector.ICT, CompanyScale.SME, "새봄테크"), (patched.Profile.IndustrySector, patched.Profile.CompanyScale, patched.Profile.Name));

        await MatchAsync(client, created.Id);
        await ListAsync(client, created.Id);
        await BeRefusedAsync(client, address, businessNumber, created.Id);
        await SurviveTheEndOfTheSessionAsync(client);
    }

    private static ServiceProvider Provide(Uri address)
    {
        var services = new ServiceCollection();
        services.AddConnectClient(options =>
        {
            options.Address = address;
            options.Email = $"{Guid.NewGuid():N}@example.com";
            options.Password = Password;
        });
        return services.BuildServiceProvider();
    }

    private static async Task<ConnectClient> SignUpAsync(ServiceProvider provider)
    {
        var client = provider.GetRequiredService<ConnectClient>();
        var email = provider.GetRequiredService<IOptions<ConnectClientOptions>>().Value.Email!;
        await client.RegisterAsync(new RegisterRequest { Email = email, Password = Password }, CancellationToken);
        Assert.Equal(email, (await client.GetAccountAsync(CancellationToken)).Email);
        return client;
    }

    private static CreateOrganizationRequest NewOrganization(string businessNumber) => new()
    {
        Type = OrganizationType.COMPANY,
        Name = "새봄테크",
        BusinessNumber = businessNumber,
        IndustrySector = Sector.BIO_HEALTH,
        EstablishedOn = new DateOnly(2020, 3, 2),
        Regions = [Region.SEOUL, Region.DAEJEON],
        TechnologyReadinessLevel = 5,
        KeyTechnologies = ["바이오"],
    };

    private static async Task MatchAsync(ConnectClient client, Guid organization)
    {
        var matches = await client.GenerateMatchesAsync(
            organization, RankedStatus.ACTIVE, limit: 5, explain: true, accept_Language: "en", cancellationToken: CancellationToken);
        Assert.Equal(organization, matches.OrganizationId);
        Assert.InRange(matches.Matches.Count, 1, 5);
        Assert.All(matches.Matches, match =>
        {
            var parts = match.Breakdown;
            Assert.Equal(match.Score, parts.Industry + parts.Trl + parts.Type + parts.Rnd + parts.Deadline);
            Assert.NotEmpty(match.Explanation.Summary);
            Assert.True(match.Program.BudgetAmount is null || decimal.Parse(match.Program.BudgetAmount, CultureInfo.InvariantCulture) >= 0);
        });
        Assert.NotNull(matches.Hidden);
        var best = matches.Matches[0].Id;
        Assert.Equal(best, (await client.GetMatchExplanationAsync(best, cancellationToken: CancellationToken)).MatchId);
    }

    private static async Task ListAsync(ConnectClient client, Guid organization)
    {
        HashSet<Guid> seen = [];
        var open = new ProgramFilter
        {
            Status = [ProgramStatus.ACTIVE],
            Sector = [Sector.ICT],
            Sort = ProgramSort.DEADLINE,
            DeadlineFrom = new DateOnly(2020, 1, 1),
        };
        await foreach (var program in client.EnumerateProgramsAsync(open, pageSize: 2, CancellationToken).Take(6))
        {
            Assert.Contains(Sector.ICT, program.Sectors);
            Assert.True(seen.Add(program.Id));
        }

        Assert.Equal(6, seen.Count);
        Assert.NotEmpty((await client.GetProgramAsync(seen.First(), cancellationToken: CancellationToken)).Postings);
        var stored = client.EnumerateMatchesAsync(organization, pageSize: 2, cancellationToken: CancellationToken);
        Assert.All(await stored.ToListAsync(CancellationToken), match => Assert.Equal(organization, match.OrganizationId));
    }

    private static async Task BeRefusedAsync(ConnectClient client, Uri address, string businessNumber, Guid organization)
    {
        using var http = new HttpClient { BaseAddress = address };
        var nobody = new ConnectClient(http);
        var unauthorized = await RefusedAsync(() => nobody.GetOrganizationAsync(organization, cancellationToken: CancellationToken));
        Assert.Equal((401, "urn:connect:problem:unauthorized"), unauthorized);

        await using var provider = Provide(address);
        var stranger = await SignUpAsync(provider);
        Assert.Equal(
            (404, "urn:connect:problem:not-found"),
            await RefusedAsync(() => stranger.GetOrganizationAsync(organization, cancellationToken: CancellationToken)));
        Assert.Equal((403, "urn:connect:problem:forbidden"), await RefusedAsync(() => stranger.GetCacheAsync(CancellationToken)));
        var same = new CreateOrganizationRequest { Type = OrganizationType.COMPANY, Name = "새봄", BusinessNumber = businessNumber };
        Assert.Equal(
            (409, "urn:connect:problem:organization-exists"),
            await RefusedAsync(() => stranger.CreateOrganizationAsync(same, cancellationToken: CancellationToken)));

        var invalid = await Assert.ThrowsAsync<ApiException<HttpValidationProblemDetails>>(
            () => client.GenerateMatchesAsync(organization, limit: 99, cancellationToken: CancellationToken));
        Assert.Equal(["limit"], invalid.Result.Errors!.Keys);
        Assert.Equal("urn:connect:problem:validation", invalid.ProblemType());
    }

    // Its tokens are refused from then on: renewed, and with the password where the session is gone.
    private static async Task SurviveTheEndOfTheSessionAsync(ConnectClient client)
    {
        await client.LogoutAsync(CancellationToken);

        Assert.NotEmpty(await client.EnumerateSessionsAsync(cancellationToken: CancellationToken).ToListAsync(CancellationToken));
    }

    private static async Task<(int Status, string? Type)> RefusedAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAnyAsync<ApiException>(call);
        return (error.StatusCode, error.ProblemType());
    }
}
