using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Lifecycle;

/// <summary>Persons delete their accounts.</summary>
public sealed class AccountDeletionTests(RunningApplication application, TwoInstances shared) : IClassFixture<TwoInstances>
{
    private const string Path = "/auth/manage/account";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => shared.Site;

    [Fact]
    public async Task Account_is_gone_after_the_right_password_and_its_address_is_free()
    {
        var user = await Site.SignUpAsync();

        AssertProblem(HttpStatusCode.BadRequest, "validation", await DeleteAsync(Site, user, password: null));
        AssertProblem(HttpStatusCode.Unauthorized, "unauthorized", await DeleteAsync(Site, user, "wrong"));
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, user, user.Password)).Status);

        AssertProblem(HttpStatusCode.Unauthorized, "unauthorized", await DeleteAsync(Site, user, user.Password));
        AssertProblem(
            HttpStatusCode.Unauthorized, "unauthorized",
            await Site.Clients[1].PostAsync("/auth/refresh", new JsonObject { ["refreshToken"] = user.RefreshToken }));
        AssertProblem(
            HttpStatusCode.Unauthorized, "unauthorized",
            await Site.Clients[1].PostAsync("/auth/login", new JsonObject { ["email"] = user.Email, ["password"] = user.Password }));
        Assert.NotEqual(user.Token, (await AttackedSite.SignUpAsync(Site.Clients[1], user.Email, user.Password)).Token);
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_as_those_of_a_login_do()
    {
        var user = await Site.SignUpAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            AssertProblem(HttpStatusCode.Unauthorized, "unauthorized", await DeleteAsync(Site, user, "wrong", attempt % 2));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await DeleteAsync(Site, user, user.Password)).Status);
        var login = await Site.Clients[0].PostAsync("/auth/login", new JsonObject { ["email"] = user.Email, ["password"] = user.Password });
        Assert.Equal((HttpStatusCode.Unauthorized, "LockedOut"), (login.Status, login.Json["detail"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Attempts_are_limited_like_logins()
    {
        await using var site = await AttackedSite.HostAsync(
            application, instances: 1, ("RateLimits__Enabled", "true"), ("RateLimits__Login__Permits", "3"), ("RateLimits__Login__Period", "01:00:00"));
        var user = await site.SignUpAsync();

        var answers = new List<AttackAnswer>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            answers.Add(await DeleteAsync(site, user, "wrong"));
        }

        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Owner_has_to_leave_somebody_behind_or_delete_the_organization_first()
    {
        var (owner, editor) = (await Site.SignUpMemberAsync("한빛"), await Site.SignUpAsync());

        var alone = await DeleteAsync(Site, owner, owner.Password);
        AssertProblem(HttpStatusCode.Conflict, "last-owner", alone);
        Assert.Contains("Delete the organization first", alone.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await JoinAsync(Site, editor, owner.Organization, OrganizationRole.Editor);
        var last = await DeleteAsync(Site, owner, owner.Password);
        AssertProblem(HttpStatusCode.Conflict, "last-owner", last);
        Assert.Contains("another member an owner", last.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        await JoinAsync(Site, editor, owner.Organization, OrganizationRole.Owner);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, owner, owner.Password)).Status);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await Site.Clients[0].SendAsync(new AttackRequest("DELETE", $"/api/organizations/{owner.Organization}") { Token = editor.Token })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, editor, editor.Password)).Status);
    }

    [Fact]
    public async Task Last_administrator_stays()
    {
        var administrator = await Site.SignInAsAdministratorAsync();

        AssertProblem(HttpStatusCode.Conflict, "last-administrator", await DeleteAsync(Site, administrator, RunningApplication.AdminPassword));
    }

    [Fact]
    public async Task One_of_many_deletions_at_once_is_carried_out()
    {
        var user = await Site.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => DeleteAsync(Site, user, user.Password, number % 2)));

        Assert.All(answers, answer => Assert.Null(answer.FindMalformation()));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);

        // Identity writes the user where the password is right: of two at once, one may find that the other has.
        Assert.All(answers, answer => Assert.Contains(
            answer.Status, new[] { HttpStatusCode.NoContent, HttpStatusCode.Unauthorized, HttpStatusCode.Conflict }));
        await using var context = Site.CreateContext();
        Assert.False(await context.Users.AnyAsync(u => u.Email == user.Email, CancellationToken));
    }

    [Fact]
    public async Task Person_of_an_issuer_needs_a_recent_sign_in()
    {
        await using var issuer = await IssuerServer.StartAsync();
        await using var site = await AttackedSite.HostAsync(
            application, instances: 1, ("Oidc__Authority", issuer.Authority), ("Oidc__Audience", IssuerServer.Audience));
        var now = TimeProvider.System.GetUtcNow();
        string Token(TimeSpan issuedAgo, TimeSpan? signedInAgo = null) => issuer.Issue(
            "kim",
            token =>
            {
                token.IssuedAt = (now - issuedAgo).UtcDateTime;
                token.NotBefore = token.IssuedAt;
            },
            signedInAgo is { } ago ? [new("auth_time", $"{(now - ago).ToUnixTimeSeconds()}", System.Security.Claims.ClaimValueTypes.Integer64)] : []);

        foreach (var old in (string[])[Token(TimeSpan.FromMinutes(6)), Token(TimeSpan.Zero, signedInAgo: TimeSpan.FromMinutes(6))])
        {
            var refused = await site.Clients[0].SendAsync(new AttackRequest("DELETE", Path) { Token = old });
            AssertProblem(HttpStatusCode.Unauthorized, "sign-in-again", refused);
        }

        Assert.Equal(
            HttpStatusCode.NoContent,
            (await site.Clients[0].SendAsync(new AttackRequest("DELETE", Path) { Token = Token(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(4)) })).Status);
        await using var context = site.CreateContext();
        Assert.Empty(await context.UserLogins.ToListAsync(CancellationToken));
    }

    private static async Task JoinAsync(AttackedSite site, AttackUser user, Guid organization, OrganizationRole role)
    {
        await using var context = site.CreateContext();
        await context.Users.Where(u => u.Email == user.Email).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.OrganizationId, organization).SetProperty(u => u.OrganizationRole, role), CancellationToken);
    }

    private static Task<AttackAnswer> DeleteAsync(AttackedSite site, AttackUser user, string? password, int client = 0) =>
        site.Clients[client].SendAsync(new AttackRequest("DELETE", Path) { Token = user.Token }
            .WithJson(password is null ? new JsonObject() : new JsonObject { ["password"] = password }));

    private static void AssertProblem(HttpStatusCode status, string type, AttackAnswer answer)
    {
        Assert.Null(answer.FindMalformation());
        Assert.Equal((status, $"urn:connect:problem:{type}"), (answer.Status, answer.Json["type"]!.GetValue<string>()));
    }
}
