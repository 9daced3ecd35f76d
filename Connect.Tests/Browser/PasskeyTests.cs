using System.Buffers.Text;
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

/// <summary>Passkeys of an authenticator that Chromium simulates, on an API and a database of the test's own.</summary>
public sealed class PasskeyTests(RunningApplication application, Chromium chromium) : IAsyncLifetime
{
    private const int Accepted = (int)HttpStatusCode.NoContent;
    private const int Refused = (int)HttpStatusCode.Unauthorized;

    private ApiInstances _instances = null!;
    private ApiHost _api = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _instances = await ApiInstances.CreateAsync(application);
        _api = await _instances.HostAsync();
    }

    public ValueTask DisposeAsync() => _instances.DisposeAsync();

    [Fact]
    public async Task Passkey_is_added_signs_in_and_is_removed_with_all_sessions()
    {
        using var elsewhere = new OperationsVisitor(_api.Address);
        using var _ = await elsewhere.SignInAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
        var page = visit.Page;
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
        await using var context = _instances.CreateContext();
        Assert.Empty(await context.Set<IdentityUserPasskey<Guid>>().ToListAsync(CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_locked_out_or_no_administrator_any_more_is_refused(bool isLockedOut)
    {
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var before = await visit.SendAsync(await visit.AnswerAsync(await visit.AskAsync()));
        await using (var context = _instances.CreateContext())
        {
            await (isLockedOut
                ? context.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, DateTimeOffset.MaxValue), CancellationToken)
                : context.UserRoles.ExecuteDeleteAsync(CancellationToken));
        }

        await visit.LeaveAsync();
        var after = await visit.SendAsync(await visit.AnswerAsync(await visit.AskAsync()));

        Assert.Equal((Accepted, Refused), (before, after));
        Assert.False(await visit.IsSignedInAsync());
    }

    [Fact]
    public async Task Altered_answers_are_refused()
    {
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var other = Base64Url.EncodeToString(Guid.CreateVersion7().ToByteArray());
        (string Part, Func<string, string> Change)[] changes =
        [
            ("signature", Flip), ("authenticatorData", Flip), ("clientDataJSON", Flip), ("userHandle", _ => other), ("userHandle", _ => "AAAA"),
            ("signature", _ => ""), ("authenticatorData", _ => "AA"), ("clientDataJSON", _ => "bnVsbA"),
        ];

        foreach (var (part, change) in changes)
        {
            var answer = await visit.AnswerAsync(await visit.AskAsync());
            answer["response"]![part] = change(answer["response"]![part]!.GetValue<string>());
            Assert.Equal((part, Refused), (part, await visit.SendAsync(answer)));
        }

        Assert.False(await visit.IsSignedInAsync());
        await visit.LeaveAsync();
        Assert.Equal(Accepted, await visit.SendAsync(await visit.AnswerAsync(await visit.AskAsync())));
        Assert.True(await visit.IsSignedInAsync());
    }

    [Fact]
    public async Task Challenge_of_a_sign_in_is_answered_once()
    {
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
        await visit.AddAsync("key");
        await visit.LeaveAsync();

        // The authenticator's counter tells these answers apart, so that it is not what refuses the later ones.
        var options = await visit.AskAsync();
        var answers = new[] { await visit.AnswerAsync(options), await visit.AnswerAsync(options), await visit.AnswerAsync(options) };
        var cookie = await visit.CopyChallengeAsync();
        var first = await visit.SendAsync(answers[0]);
        await visit.PasteAsync(cookie);
        var replayed = await visit.SendAsync(answers[0]);
        await visit.PasteAsync(cookie);
        var second = await visit.SendAsync(answers[1]);
        await visit.LeaveAsync();
        var withoutChallenge = await visit.SendAsync(answers[2]);
        await visit.AskAsync();
        var toAnotherChallenge = await visit.SendAsync(answers[2]);

        Assert.Equal((Accepted, Refused, Refused, Refused, Refused), (first, replayed, second, withoutChallenge, toAnotherChallenge));
    }

    [Fact]
    public async Task Of_answers_to_one_challenge_at_the_same_time_one_is_accepted()
    {
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var options = await visit.AskAsync();
        var answer = await visit.AnswerAsync(options);

        var statuses = await visit.SendAsync([answer, answer, answer, answer]);

        Assert.Equal([Accepted, Refused, Refused, Refused], statuses.Order());
    }

    [Fact]
    public async Task Challenge_of_a_new_passkey_is_answered_once_and_by_its_user()
    {
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
        await visit.GoAsync("/ops/passkeys");
        var options = await visit.AskAsync("create");
        var answers = new[] { await visit.AnswerAsync(options, "create"), await visit.AnswerAsync(options, "create") };
        var cookie = await visit.CopyChallengeAsync();
        var first = await visit.SendAsync(answers[0], "create");
        await visit.PasteAsync(cookie);
        var second = await visit.SendAsync(answers[1], "create");

        Assert.Equal((Accepted, (int)HttpStatusCode.BadRequest), (first, second));
        await using var context = _instances.CreateContext();
        var passkey = Assert.Single(await context.Set<IdentityUserPasskey<Guid>>().ToListAsync(CancellationToken));
        Assert.Equal(("key", true), (passkey.Data.Name, passkey.Data.IsUserVerified));
    }

    [Fact]
    public async Task Answer_that_another_origin_has_got_is_refused()
    {
        var other = await _instances.HostAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var options = await visit.AskAsync();

        // The same host at another port: the browser lets its pages use the passkey, and sends the cookie to both.
        await visit.Page.GotoAsync(new Uri(PasskeyVisit.ByName(other.Address), "/ops/sign-in").ToString());
        var answer = await visit.AnswerAsync(options);
        await visit.GoAsync("/ops/sign-in");
        var cookie = await visit.CopyChallengeAsync();
        var foreign = await visit.SendAsync(answer);
        await visit.PasteAsync(cookie);
        var own = await visit.SendAsync(await visit.AnswerAsync(options));

        Assert.Equal((Refused, Accepted), (foreign, own));
    }

    [Fact]
    public async Task Authenticator_that_has_not_verified_its_user_is_refused()
    {
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address);
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
        await using var visit = await PasskeyVisit.EnterAsync(chromium, (await instances.HostAsync()).Address);
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
        await using var visit = await PasskeyVisit.EnterAsync(chromium, _api.Address, locale, colours, width);
        var name = $"ops-{locale[..2]}-{colours}".ToLowerInvariant();
        Assert.Equal(0, await visit.Window.OverflowAsync());
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

    // Another bit in the middle.
    private static string Flip(string text)
    {
        var bytes = Base64Url.DecodeFromChars(text);
        bytes[bytes.Length / 2] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }
}
