using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Connect.Operations.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Distributed.Security;

/// <summary>The routes of passkeys without an authenticator: who may call them, and what they refuse.</summary>
public sealed class PasskeyRoutesTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string SignInPage = "/ops/sign-in";
    private const string PasskeysPage = "/ops/passkeys";

    private static readonly string[] OpenRoutes = [$"{SignInPage}/passkey-challenge", $"{SignInPage}/passkey"];
    private static readonly string[] OwnRoutes = [$"{PasskeysPage}/challenge", $"{PasskeysPage}/add", $"{PasskeysPage}/remove"];

    [Fact]
    public async Task Passkeys_are_for_the_pages_own_session()
    {
        var administrator = await new ApiClient(shared.Api.Address).SignInAsAdministratorAsync();
        foreach (var token in (string?[])[null, administrator.Authorization!.ToString()])
        {
            // Scripts are told, and browsers are led to the sign-in.
            foreach (var (method, path, isScript) in ((HttpMethod, string, bool)[])
                [(HttpMethod.Get, PasskeysPage, false), (HttpMethod.Post, OwnRoutes[0], true), (HttpMethod.Post, OwnRoutes[1], true), (HttpMethod.Post, OwnRoutes[2], false)])
            {
                using var response = await RawHttp.SendAsync(shared.Api.Address, method, path, null, token is null ? [] : [("Authorization", token)]);
                Assert.Equal((path, isScript ? HttpStatusCode.Unauthorized : HttpStatusCode.Redirect), (path, response.StatusCode));
                Assert.Equal(SignInPage, response.Headers.Location!.AbsolutePath);
            }
        }
    }

    [Fact]
    public async Task Requests_that_another_page_sends_are_refused()
    {
        using var visitor = new OperationsVisitor(shared.Api.Address);
        using var _ = await visitor.SignInAsync();
        foreach (var path in OpenRoutes.Concat(OwnRoutes))
        {
            using var response = await visitor.PostAsync(
                path, new FormUrlEncodedContent([KeyValuePair.Create("credential", "{}"), KeyValuePair.Create("name", "key"), KeyValuePair.Create("id", "AA")]));
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, response.StatusCode));
            Assert.False(response.Headers.Contains("Set-Cookie"), path);
        }
    }

    [Fact]
    public async Task Garbage_is_refused()
    {
        string[] credentials =
        [
            "", " ", "null", "[]", "{}", "\0", "{\"id\":1}", "{\"id\":\"AA\",\"type\":\"public-key\"}", new string('[', 10_000), new string('x', 100_000),
            """{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}""",
            """{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AA","attestationObject":"AA","transports":["\u0000"]}}""",
        ];
        using var visitor = new OperationsVisitor(shared.Api.Address);
        using var _ = await visitor.SignInAsync();

        foreach (var credential in credentials)
        {
            // Without a challenge, with that of a sign-in, and with that of a new passkey.
            foreach (var (page, challenge) in ((string, string?)[])[(SignInPage, null), (SignInPage, OpenRoutes[0]), (PasskeysPage, OwnRoutes[0])])
            {
                await SendAsync(challenge, page, SignInPage, OpenRoutes[1], ("credential", credential));
                await SendAsync(challenge, page, PasskeysPage, OwnRoutes[1], ("credential", credential), ("name", "key"));
            }

            await SendAsync(null, "", PasskeysPage, OwnRoutes[2], ("id", credential));
        }

        foreach (var name in (string[])["", "  ", "\0", new string('n', 65)])
        {
            await SendAsync(OwnRoutes[0], PasskeysPage, PasskeysPage, OwnRoutes[1], ("credential", "{}"), ("name", name));
        }

        foreach (var path in OpenRoutes.Concat(OwnRoutes))
        {
            await SendAsync(null, "", path.StartsWith(SignInPage, StringComparison.Ordinal) ? SignInPage : PasskeysPage, $"{path}/more");
            foreach (var type in (string[])["application/json", "multipart/form-data; boundary=b", "text/plain"])
            {
                using var body = new StringContent("--b\r\n{", Encoding.UTF8);
                body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
                using var response = await visitor.PostAsync(path, body);
                Assert.InRange((path, type, (int)response.StatusCode), (path, type, 400), (path, type, 499));
            }
        }

        async Task SendAsync(string? challenge, string challengePage, string page, string path, params (string, string)[] fields)
        {
            if (challenge is not null)
            {
                using var asked = await visitor.PostAsync(challengePage, challenge);
                Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
            }

            using var response = await visitor.PostAsync(page, path, fields);
            Assert.InRange((path, (int)response.StatusCode), (path, 400), (path, 499));
        }
    }

    [Theory]
    [InlineData(4, HttpStatusCode.OK)]
    [InlineData(6, HttpStatusCode.Forbidden)]
    public async Task New_passkey_needs_a_sign_in_of_the_last_five_minutes(int minutes, HttpStatusCode expected)
    {
        using var visitor = new OperationsVisitor(shared.Api.Address);
        visitor.Keep("Connect.Operations", await SessionAsync(TimeSpan.FromMinutes(minutes)));

        using var page = await visitor.GetAsync(PasskeysPage);
        using var challenge = await visitor.PostAsync(PasskeysPage, OwnRoutes[0]);
        using var added = await visitor.PostAsync(PasskeysPage, OwnRoutes[1], ("name", "key"), ("credential", "{}"));

        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, expected), (page.StatusCode, challenge.StatusCode));
        Assert.Equal(expected == HttpStatusCode.OK, text.Contains("data-ops-passkey", StringComparison.Ordinal));
        Assert.Equal(expected == HttpStatusCode.OK ? HttpStatusCode.BadRequest : HttpStatusCode.Forbidden, added.StatusCode);
    }

    [Fact]
    public async Task Passkeys_are_of_the_host_that_a_trusted_proxy_names()
    {
        foreach (var host in (string[])["connect.example", "connect.example:8443"])
        {
            using var visitor = new OperationsVisitor(shared.Api.Address);
            visitor.AddHeader("X-Forwarded-Host", host);
            using var challenge = await visitor.PostAsync(SignInPage, OpenRoutes[0]);
            Assert.Equal("connect.example", (await challenge.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["rpId"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Answers_are_limited_like_passwords()
    {
        const int Permits = 5;
        var api = await shared.Instances.HostAsync(
            ("RateLimits__Enabled", "true"), ("RateLimits__Login__Permits", $"{Permits}"), ("RateLimits__Login__Period", "00:10:00"));
        using var visitor = new OperationsVisitor(api.Address);
        for (var attempt = 0; attempt < Permits; attempt++)
        {
            using var refused = await visitor.PostAsync(OpenRoutes[attempt % OpenRoutes.Length]);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        foreach (var path in OpenRoutes)
        {
            using var limited = await visitor.PostAsync(path);
            Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        }
    }

    // The administrator's cookie, as it is after that time.
    private async Task<string> SessionAsync(TimeSpan age)
    {
        await using var scope = shared.Api.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = await users.FindByEmailAsync(RunningApplication.AdminEmail);
        var principal = await scope.ServiceProvider.GetRequiredService<OperationsAccess>().DescribeAsync(users, user!);
        var identity = (ClaimsIdentity)principal.Identity!;
        var since = identity.FindFirst("connect:since")!;
        identity.RemoveClaim(since);
        identity.AddClaim(new(
            since.Type, (long.Parse(since.Value, CultureInfo.InvariantCulture) - (long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        var cookies = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(OperationsCookie.Scheme);
        return cookies.TicketDataFormat.Protect(new AuthenticationTicket(principal, OperationsCookie.Scheme));
    }
}
