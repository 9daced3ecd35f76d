using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Access to the operations page, and the scope of its cookie.</summary>
public sealed class OperationsAccessTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_wants_a_session_of_its_own_and_takes_no_token(bool withToken)
    {
        using var response = await RawHttp.SendAsync(
            users.Administrator.Address, HttpMethod.Get, "/ops", null, withToken ? [("Authorization", users.Administrator.Authorization!.ToString())] : []);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/ops/sign-in", response.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Session_opens_the_page_on_every_replica_and_no_route_of_the_api()
    {
        using var visitor = new OperationsVisitor(users.Administrator.Address);
        using var answer = await visitor.SignInAsync();
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("Connect.Operations=", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        for (var request = 0; request < 4; request++)
        {
            using var page = await visitor.GetAsync("/ops");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        foreach (var path in (string[])["/api/admin/cache", "/api/programs", "/auth/manage/info"])
        {
            using var refused = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Page_may_use_what_the_api_itself_serves_and_nothing_else()
    {
        using var visitor = new OperationsVisitor(users.Administrator.Address);
        using var _ = await visitor.SignInAsync();
        using var page = await visitor.GetAsync("/ops");

        var policy = page.Header("Content-Security-Policy")!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain(policy, rule => rule.StartsWith("script", StringComparison.Ordinal) && rule.Contains("unsafe", StringComparison.Ordinal));
        Assert.Equal("no-store", page.Header("Cache-Control")!.Split(',', StringSplitOptions.TrimEntries).Single(rule => rule == "no-store"));
    }

    [Fact]
    public async Task Forms_that_another_page_sends_are_refused()
    {
        using var visitor = new OperationsVisitor(users.Administrator.Address);
        using var forged = await visitor.SignInAsync(withToken: false);
        using var signedIn = await visitor.SignInAsync();
        using var signedOut = await visitor.PostAsync("/ops/sign-out");
        using var page = await visitor.GetAsync("/ops");

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Only_the_page_itself_is_connected()
    {
        var own = users.Administrator.Address.GetLeftPart(UriPartial.Authority);
        using var visitor = new OperationsVisitor(users.Administrator.Address);
        using var stranger = new OperationsVisitor(users.Administrator.Address);
        using var _ = await visitor.SignInAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await visitor.ConnectAsync(own));
        Assert.Equal(HttpStatusCode.Forbidden, await visitor.ConnectAsync("https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await visitor.ConnectAsync(origin: null));
        Assert.NotEqual(HttpStatusCode.SwitchingProtocols, await stranger.ConnectAsync(own));
    }

    [Fact]
    public async Task Session_ends_with_the_role()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync();
        using var visitor = new OperationsVisitor(api.Address);
        using var _ = await visitor.SignInAsync();
        using var before = await visitor.GetAsync("/ops");
        await using (var context = instances.CreateContext())
        {
            await context.UserRoles.ExecuteDeleteAsync(CancellationToken);
        }

        using var after = await visitor.GetAsync("/ops");
        using var again = await visitor.SignInAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (before.StatusCode, after.StatusCode));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.False(again.Headers.Contains("Location"));
    }

    [Fact]
    public async Task Second_factor_is_asked_for_where_one_is_set_up_and_tries_are_limited()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.HostAsync(
            ("RateLimits__Enabled", "true"), ("RateLimits__Login__Permits", "20"), ("RateLimits__Login__Period", "00:10:00"));
        var administrator = await new ApiClient(api.Address).SignInAsAdministratorAsync();
        var key = ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Post, "/auth/manage/2fa", new { }))["sharedKey"]!.GetValue<string>();
        ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Post, "/auth/manage/2fa", new { enable = true, twoFactorCode = Authenticator.CodeOf(key) }));
        using var visitor = new OperationsVisitor(api.Address);

        using var without = await visitor.SignInAsync();
        using var wrong = await visitor.SignInAsync(code: "000000");
        using var page = await visitor.GetAsync("/ops");
        using var used = await visitor.SignInAsync(code: Authenticator.CodeOf(key));
        using var right = await visitor.SignInAsync(code: Authenticator.CodeOf(key, steps: 1));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Redirect), (without.StatusCode, wrong.StatusCode, page.StatusCode));
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        Assert.False(used.Headers.Contains("Location"));
        Assert.Equal("/ops", right.Headers.Location!.IsAbsoluteUri ? right.Headers.Location.AbsolutePath : $"/{right.Headers.Location.ToString().TrimStart('/')}");
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var asked = await visitor.GetAsync("/ops/sign-in");
            if (asked.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(asked.Header("Retry-After"));
                return;
            }
        }

        Assert.Fail("Sign-ins are not limited.");
    }
}
