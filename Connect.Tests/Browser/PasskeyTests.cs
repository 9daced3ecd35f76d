using System.Net;
using Connect.Testing.Servers;
using Connect.Tests.Distributed;
using Connect.Tests.Distributed.Observability;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connect.Tests.Browser;

/// <summary>Passkeys of an authenticator that Chromium simulates: adding them, and signing in with them.</summary>
public sealed class PasskeyTests(RunningApplication application, Chromium chromium, SharedApi shared) : IClassFixture<SharedApi>
{
    private const int Accepted = (int)HttpStatusCode.NoContent;
    private const int Refused = (int)HttpStatusCode.Unauthorized;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passkey_is_added_signs_in_and_is_removed_with_all_sessions()
    {
        var administrator = await shared.AddAdministratorAsync();
        using var elsewhere = new OperationsVisitor(shared.Api.Address);
        using var _ = await elsewhere.SignInAsync(administrator.Email!);
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        var page = visit.Page;
        await visit.GoAsync("/ops");
        await visit.Window.AwaitLiveAsync();
        await page.ClickAsync(".ops-header a");
        await Expect(page.Locator("#passkey-name")).ToBeVisibleAsync();
        await visit.AddAsync("노트북");

        await visit.LeaveAsync();
        await page.ClickAsync("[data-ops-passkey=get] button");
        await visit.Window.AwaitLiveAsync();
        Assert.Empty(visit.Window.Complaints);

        await visit.GoAsync("/ops/passkeys");
        page.Dialog += static (_, dialog) => dialog.AcceptAsync();
        await page.ClickAsync("tbody button");
        await Expect(page.Locator("[data-ops-passkey=get] button")).ToBeVisibleAsync();
        await page.ClickAsync("[data-ops-passkey=get] button");
        await Expect(page.Locator("[data-ops-passkey=get] [role=alert]")).ToBeVisibleAsync();
        using var ended = await elsewhere.GetAsync("/ops");

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.False(await visit.IsSignedInAsync());
        await using var context = shared.Instances.CreateContext();
        Assert.False(await context.Set<IdentityUserPasskey<Guid>>().AnyAsync(passkey => passkey.UserId == administrator.Id, CancellationToken));
        Assert.Equal(
            [("/ops/passkeys/add", Accepted), ("/ops/passkeys/remove", (int)HttpStatusCode.Redirect)],
            (await context.AuditEntries.Where(entry => entry.UserId == administrator.Id).OrderBy(entry => entry.At).ToListAsync(CancellationToken))
                .Select(entry => (entry.Route, entry.Status!.Value)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_locked_out_or_no_administrator_any_more_is_refused(bool isLockedOut)
    {
        var administrator = await shared.AddAdministratorAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var before = await visit.SendAsync(await visit.AnswerAsync(await visit.AskAsync()));
        await using (var context = shared.Instances.CreateContext())
        {
            await (isLockedOut
                ? context.Users.Where(user => user.Id == administrator.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, DateTimeOffset.MaxValue), CancellationToken)
                : context.UserRoles.Where(role => role.UserId == administrator.Id).ExecuteDeleteAsync(CancellationToken));
        }

        await visit.LeaveAsync();
        var after = await visit.SendAsync(await visit.AnswerAsync(await visit.AskAsync()));

        Assert.Equal((Accepted, Refused), (before, after));
        Assert.False(await visit.IsSignedInAsync());
    }

    [Fact]
    public async Task Authenticator_that_has_not_verified_its_user_is_refused()
    {
        var administrator = await shared.AddAdministratorAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        await visit.VerifyUserAsync(false);
        var options = await visit.AskAsync();
        Assert.Equal("required", options["userVerification"]!.GetValue<string>());

        options["userVerification"] = "discouraged";
        Assert.Equal(Refused, await visit.SendAsync(await visit.AnswerAsync(options)));

        await visit.VerifyUserAsync(true);
        Assert.Equal(Accepted, await visit.SendAsync(await visit.AnswerAsync(await visit.AskAsync())));
    }

    [Fact]
    public async Task Answer_that_cannot_be_checked_without_the_database_is_good_when_it_is_back()
    {
        await using var processes = new CheckerProcesses();
        await using var postgres = await CheckedPostgres.StartNewAsync(processes, isDurable: false, CancellationToken);
        await using (var context = TestDatabase.CreateContext(postgres.ConnectionString))
        {
            await context.Database.MigrateAsync(CancellationToken);
        }

        await using var instances = new ApiInstances(postgres.ConnectionString, await application.GetRedisAsync());
        await using var visit = await PasskeyVisit.EnterAsync(chromium, (await instances.HostAsync()).Address, RunningApplication.AdminEmail);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var answer = await visit.AnswerAsync(await visit.AskAsync());
        var cookie = await visit.CopyChallengeAsync();

        await postgres.StopAsync();
        var away = await visit.SendAsync(answer);
        await postgres.StartAsync(CancellationToken);
        var back = away;
        await Patiently.UntilAsync(async () =>
        {
            await visit.PasteAsync(cookie);
            return (back = await visit.SendAsync(answer)) != away;
        });

        Assert.Equal(((int)HttpStatusCode.ServiceUnavailable, Accepted), (away, back));
    }

    [Theory]
    [InlineData("ko-KR", ColorScheme.Dark, 1440)]
    [InlineData("en-US", ColorScheme.Light, 390)]
    public async Task Pages_are_accessible_and_fit(string locale, ColorScheme colours, int width)
    {
        var administrator = await shared.AddAdministratorAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!, locale, colours, width);
        var name = $"ops-{locale[..2]}-{colours}".ToLowerInvariant();
        await visit.GoAsync("/ops");
        await visit.Window.AwaitLiveAsync();
        Assert.Equal(0, await visit.Window.OverflowAsync());
        await visit.GoAsync("/ops/passkeys");
        await visit.AddAsync(new string('W', 64));
        await AssertAsync("passkeys");
        await visit.LeaveAsync();
        await Expect(visit.Page.Locator("[data-ops-passkey=get] button")).ToBeVisibleAsync();
        await AssertAsync("sign-in");
        Assert.Empty(visit.Window.Complaints);

        async Task AssertAsync(string part)
        {
            await visit.Window.KeepAsync($"{name}-{part}");
            Assert.Empty(await visit.Window.FindBarriersAsync());
            Assert.Equal(0, await visit.Window.OverflowAsync());
        }
    }
}
