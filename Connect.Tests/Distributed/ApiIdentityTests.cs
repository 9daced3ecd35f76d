using System.Net;
using Connect.Tests.Functional;
using Connect.Tests.Unit.Api.Document;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed;

/// <summary>Registration, sign-in and tokens, as every replica answers them.</summary>
public sealed class ApiIdentityTests(RunningApplication application)
{
    private const string Password = "Passw0rd!-1";
    private const int Replicas = 2;
    private const int MaxRequests = 200;

    [Theory]
    [InlineData("""{ "email": "nobody", "password": "Passw0rd!-1" }""", "email")]
    [InlineData("""{ "email": "", "password": "Passw0rd!-1" }""", "email")]
    [InlineData("""{ "email": null, "password": "Passw0rd!-1" }""", "email")]
    [InlineData("""{ "email": "a\u0000@example.com", "password": "Passw0rd!-1" }""", "email")]
    [InlineData("""{ "email": "a\ud800@example.com", "password": "Passw0rd!-1" }""", "email")]
    [InlineData("""{ "email": "nobody@example.com", "password": null }""", "password")]
    [InlineData("""{ "email": "nobody@example.com", "password": "" }""", "password")]
    [InlineData("""{ "email": "nobody@example.com", "password": "short" }""", "password")]
    [InlineData("""{ "email": "nobody@example.com", "password": "alllowercase-1" }""", "password")]
    [InlineData("""{ "email": "nobody@example.com", "password": "Passw0rd!-1", "role": "Admin" }""", "role")]
    public async Task Registration_is_refused_when_a_value_is_invalid(string body, string field) =>
        ApiAssert.Invalid(await (await application.CreateClientAsync()).SendAsync(HttpMethod.Post, "/auth/register", body), field);

    [Fact]
    public async Task Registration_is_refused_when_the_address_is_longer_than_addresses_are()
    {
        var client = await application.CreateClientAsync();

        ApiAssert.Invalid(
            await client.SendAsync(HttpMethod.Post, "/auth/register", new { email = $"{new string('a', 250)}@example.com", password = Password }),
            "email");
    }

    [Fact]
    public async Task Registration_is_refused_when_the_address_is_taken()
    {
        var client = await application.CreateClientAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Post, "/auth/register", new { email, password = Password })).Status);

        var again = await client.SendAsync(
            HttpMethod.Post, "/auth/register", new { email = email.ToUpperInvariant(), password = Password });

        ApiAssert.Invalid(again, "email");
    }

    [Theory]
    [InlineData("/auth/login", """{ "email": "nobody@example.com", "password": "wrong" }""")]
    [InlineData("/auth/refresh", """{ "refreshToken": "nothing" }""")]
    public async Task Caller_is_unauthorized_when_the_secret_is_wrong(string path, string body) =>
        ApiAssert.Problem(
            HttpStatusCode.Unauthorized, "unauthorized", await (await application.CreateClientAsync()).SendAsync(HttpMethod.Post, path, body));

    [Theory]
    [InlineData("/auth/login", """{ "email": "a\u0000", "password": "x" }""", "email")]
    [InlineData("/auth/login", """{ "email": null, "password": "x" }""", "email")]
    [InlineData("/auth/refresh", """{ "refreshToken": null }""", "refreshToken")]
    [InlineData("/auth/forgotPassword", """{ "email": "a\u0000" }""", "email")]
    [InlineData("/auth/resendConfirmationEmail", """{ "email": null }""", "email")]
    [InlineData("/auth/resetPassword", """{ "email": "a", "resetCode": null, "newPassword": "x" }""", "resetCode")]
    public async Task Identity_is_refused_when_a_value_cannot_be_one(string path, string body, string field) =>
        ApiAssert.Invalid(await (await application.CreateClientAsync()).SendAsync(HttpMethod.Post, path, body), field);

    [Theory]
    [InlineData("not-an-id")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task Confirmation_is_refused_when_no_user_has_the_id(string userId) =>
        ApiAssert.Problem(
            HttpStatusCode.Unauthorized, "unauthorized",
            await (await application.CreateClientAsync()).SendAsync(HttpMethod.Get, $"/auth/confirmEmail?userId={userId}&code=x"));

    [Fact]
    public async Task Statement_of_the_documents_makes_an_administrator()
    {
        const string Address = "who@example.com";
        var text = await File.ReadAllTextAsync(ApprovedDocument.RepositoryFile("docs/security.md"), TestContext.Current.CancellationToken);
        var statement = text.Split("```sql")[1].Split("```")[0];
        Assert.Contains(Address, statement, StringComparison.Ordinal);
        var client = await application.CreateClientAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        await client.SendAsync(HttpMethod.Post, "/auth/register", new { email, password = Password });
        var before = await client.SignInAsync(email, Password);
        ApiAssert.Problem(HttpStatusCode.Forbidden, "forbidden", await before.SendAsync(HttpMethod.Get, "/api/admin/scrapes"));

        var database = await application.GetDatabaseAsync();
        await using var context = TestDatabase.CreateContext(database!);
        Assert.Equal(1, await context.Database.ExecuteSqlRawAsync(
            statement.Replace(Address, email, StringComparison.Ordinal), TestContext.Current.CancellationToken));

        ApiAssert.Ok(await (await client.SignInAsync(email, Password)).SendAsync(HttpMethod.Get, "/api/admin/scrapes"));
    }

    [Fact]
    public async Task Every_replica_accepts_a_token_when_one_of_them_gave_it()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();

        Assert.Equal(Replicas, (await InstancesAsync(user)).Count);
    }

    [Fact]
    public async Task Every_replica_refreshes_a_token_when_one_of_them_gave_it()
    {
        var client = await application.CreateClientAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        await client.SendAsync(HttpMethod.Post, "/auth/register", new { email, password = Password });
        var login = await client.SendAsync(HttpMethod.Post, "/auth/login", new { email, password = Password });

        // Requests go round the replicas, so an even and an odd one reach both.
        var last = login;
        for (var request = 0; request < Replicas * 2; request++)
        {
            var refreshed = await client.SendAsync(HttpMethod.Post, "/auth/refresh", new { refreshToken = last.Text("refreshToken") });
            ApiAssert.Ok(refreshed);
            Assert.NotEqual(last.Text("accessToken"), refreshed.Text("accessToken"));
            client.WithToken(refreshed.Text("accessToken"));
            last = refreshed;
        }

        Assert.Equal(Replicas, (await InstancesAsync(client)).Count);
    }

    /// <summary>The replicas that answered, all of them with success.</summary>
    private static async Task<HashSet<string>> InstancesAsync(ApiClient client)
    {
        HashSet<string> instances = [];
        for (var request = 0; request < MaxRequests && instances.Count < Replicas; request++)
        {
            var answer = await client.SendAsync(HttpMethod.Get, "/api/programs?limit=1");
            ApiAssert.Ok(answer);
            instances.Add(answer.Instance!);
        }

        return instances;
    }
}
