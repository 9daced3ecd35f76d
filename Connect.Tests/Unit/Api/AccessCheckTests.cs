using Connect.Api.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.Tests.Unit.Api;

public sealed class AccessCheckTests
{
    [Fact]
    public async Task Application_does_not_start_when_a_route_says_nothing_of_who_may_call_it()
    {
        await using var app = Create();
        app.MapGet("/open", () => "everybody");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("/open", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_may_stand_on_the_route_or_on_its_group()
    {
        await using var app = Create();
        app.MapGet("/anybody", () => "").AllowAnonymous();
        app.MapGet("/user", () => "").RequireAuthorization();
        app.MapGroup("/group").RequireAuthorization().MapGet("/user", () => "");

        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    private static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<IStartupFilter, AccessCheck>();
        return builder.Build();
    }
}
