using Connect.Operations.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Operations;

public sealed class OperationsCookieTests
{
    [Theory]
    [InlineData("Production", "__Host-", CookieSecurePolicy.Always)]
    [InlineData("Staging", "__Host-", CookieSecurePolicy.Always)]
    [InlineData("Development", "", CookieSecurePolicy.SameAsRequest)]
    public async Task Cookies_are_for_this_host_and_https_only_outside_of_development(string environment, string prefix, CookieSecurePolicy secure)
    {
        await using var app = Create(environment);
        var session = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(OperationsCookie.Scheme);
        var antiforgery = app.Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie;

        Assert.Equal($"{prefix}Connect.Operations", session.Cookie.Name);
        Assert.StartsWith(prefix, antiforgery.Name, StringComparison.Ordinal);
        Assert.All((CookieBuilder[])[session.Cookie, antiforgery], cookie =>
        {
            Assert.Equal((secure, SameSiteMode.Strict, "/"), (cookie.SecurePolicy, cookie.SameSite, cookie.Path));
            Assert.True(cookie.HttpOnly);
            Assert.Null(cookie.Domain);
        });
        Assert.False(session.SlidingExpiration);
        Assert.Equal(TimeSpan.FromHours(8), session.ExpireTimeSpan);
    }

    [Fact]
    public async Task Page_takes_its_own_session_and_no_other()
    {
        await using var app = Create("Production");

        var policy = app.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.GetPolicy(OperationsCookie.Policy)!;

        Assert.Equal([OperationsCookie.Scheme], policy.AuthenticationSchemes);
    }

    private static WebApplication Create(string environment)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.AddOperationsCookie();
        builder.Services.AddAntiforgery();
        return builder.Build();
    }
}
