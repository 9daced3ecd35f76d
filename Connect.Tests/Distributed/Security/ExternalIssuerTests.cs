using System.Net;
using System.Security.Claims;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Connect.Tests.Distributed.Security;

/// <summary>Tokens of a configured external issuer.</summary>
public sealed class ExternalIssuerTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issuers_users_are_users_like_any_other()
    {
        await using var issuer = await IssuerServer.StartAsync();
        await using var instances = await ApiInstances.CreateAsync(application);
        var (first, second) = (await instances.HostAsync(Settings(issuer)), await instances.HostAsync(Settings(issuer)));
        ApiClient Client(ApiHost api, string subject, params Claim[] claims) =>
            new ApiClient(api.Address).WithToken(issuer.Issue(subject, null, claims));

        // The first requests of one person go to both instances at once and must create one user.
        var kim = Client(first, "kim");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Client(i % 2 == 0 ? first : second, "kim").SendAsync(HttpMethod.Get, "/api/programs")));
        var organization = await kim.CreateOrganizationAsync("ICT", "인공지능");
        ApiAssert.Ok(await Client(second, "kim").GenerateAsync(organization));

        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await Client(second, "lee").GenerateAsync(organization));
        ApiAssert.Problem(HttpStatusCode.Forbidden, "forbidden", await kim.SendAsync(HttpMethod.Get, "/api/admin/scrapes"));
        ApiAssert.Problem(
            HttpStatusCode.Forbidden, "forbidden",
            await Client(first, "kim", new Claim("roles", "Admin"), new Claim(ClaimTypes.Role, "Admin")).SendAsync(HttpMethod.Get, "/api/admin/scrapes"));
        ApiAssert.Ok(await Client(first, "operator", new Claim("roles", "connect-admin")).SendAsync(HttpMethod.Get, "/api/admin/scrapes"));

        // The API's own tokens go on beside.
        ApiAssert.Ok(await (await new ApiClient(first.Address).SignUpAsync()).SendAsync(HttpMethod.Get, "/api/programs"));

        await using var context = instances.CreateContext();
        Assert.Equal(3, await context.UserLogins.CountAsync(login => login.LoginProvider == issuer.Authority, CancellationToken));
        Assert.Equal(3, await context.Users.CountAsync(user => user.Email == null, CancellationToken));
    }

    [Fact(Explicit = true)]
    public async Task Address_of_an_account_here_does_not_give_access_to_it()
    {
        await using var issuer = await IssuerServer.StartAsync();
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(Settings(issuer));
        var email = $"{Guid.NewGuid():N}@example.com";
        Assert.Equal(
            HttpStatusCode.OK,
            (await new ApiClient(api.Address).SendAsync(HttpMethod.Post, "/auth/register", new { email, password = "Passw0rd!-1" })).Status);
        var owner = await new ApiClient(api.Address).SignInAsync(email, "Passw0rd!-1");
        var organization = await owner.CreateOrganizationAsync();

        var impostor = new ApiClient(api.Address).WithToken(issuer.Issue(email, null, new Claim("email", email), new Claim("email_verified", "true")));

        ApiAssert.Problem(
            HttpStatusCode.NotFound, "not-found", await impostor.SendAsync(HttpMethod.Get, $"/api/organizations/{organization}"));
    }

    [Fact]
    public async Task Token_is_refused_when_anything_is_wrong_with_it()
    {
        await using var issuer = await IssuerServer.StartAsync();
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(Settings(issuer));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        (string Why, string Token)[] bad =
        [
            ("another audience", issuer.Issue("kim", token => token.Audience = "another-api")),
            ("no audience", issuer.Issue("kim", token => token.Audience = null)),
            ("another issuer", issuer.Issue("kim", token => token.Issuer = "https://issuer.example.com")),
            ("expired", issuer.Issue("kim", token => (token.NotBefore, token.Expires) = (now.AddHours(-2), now.AddHours(-1)))),
            ("not yet valid", issuer.Issue("kim", token => (token.NotBefore, token.Expires) = (now.AddHours(1), now.AddHours(2)))),
            ("without an end", issuer.Issue("kim", token => token.Expires = null)),
            ("another key", issuer.Issue("kim", token => token.SigningCredentials = issuer.SignAsStranger())),
            ("the public key as a secret", issuer.Issue("kim", token => token.SigningCredentials = issuer.SignWithPublicKey())),
            ("not signed", issuer.Issue("kim", token => token.SigningCredentials = null)),
            ("tampered with", Tamper(issuer.Issue("kim"))),
            ("nobody", issuer.Issue("")),
            ("a very long name", issuer.Issue(new string('x', 300))),
            ("no token", "a.b.c"),
        ];

        foreach (var (why, token) in bad)
        {
            var answer = await new ApiClient(api.Address).WithToken(token).SendAsync(HttpMethod.Get, "/api/programs");
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{why}: {answer.Status}");
            ApiAssert.Problem(HttpStatusCode.Unauthorized, "unauthorized", answer);
        }

        await using var context = instances.CreateContext();
        Assert.Empty(await context.UserLogins.ToListAsync(CancellationToken));
    }

    [Fact(Explicit = true)]
    public async Task New_key_is_learnt_without_a_restart_and_an_issuer_that_is_away_does_not_break_the_own_tokens()
    {
        var issuer = await IssuerServer.StartAsync();
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(Settings(issuer));
        ApiAssert.Ok(await new ApiClient(api.Address).WithToken(issuer.Issue("kim")).SendAsync(HttpMethod.Get, "/api/programs"));

        // The first token under an unknown key has the keys read again; those after it are good.
        issuer.Rotate();
        await TestInstance.EventuallyAsync(async () =>
        {
            var answer = await new ApiClient(api.Address).WithToken(issuer.Issue("kim")).SendAsync(HttpMethod.Get, "/api/programs");
            return answer.Status == HttpStatusCode.OK;
        });

        var known = issuer.Issue("kim");
        await issuer.DisposeAsync();
        ApiAssert.Ok(await new ApiClient(api.Address).WithToken(known).SendAsync(HttpMethod.Get, "/api/programs"));

        var later = await instances.HostAsync(Settings(issuer));
        ApiAssert.Ok(await (await new ApiClient(later.Address).SignUpAsync()).SendAsync(HttpMethod.Get, "/api/programs"));
        ApiAssert.Problem(
            HttpStatusCode.Unauthorized, "unauthorized",
            await new ApiClient(later.Address).WithToken(known).SendAsync(HttpMethod.Get, "/api/programs"));
    }

    private static (string, string)[] Settings(IssuerServer issuer) =>
    [
        ("Oidc__Authority", issuer.Authority), ("Oidc__Audience", IssuerServer.Audience), ("Oidc__AdminRole", "connect-admin"),
    ];

    private static string Tamper(string token)
    {
        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("\"kim\"", "\"lee\"", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }
}
