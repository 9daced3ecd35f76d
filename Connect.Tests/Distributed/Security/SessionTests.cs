using System.Net;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Sessions on two instances: what ends one, and how soon the other instance refuses its tokens.</summary>
public sealed class SessionTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => instances.Site;

    private AttackClient First => Site.Clients[0];

    private AttackClient Second => Site.Clients[1];

    [Fact]
    public async Task Refresh_token_that_comes_again_ends_its_session()
    {
        var user = await Site.SignUpAsync();
        var other = await AttackedSite.SignInAsync(First, user);
        var refreshed = await RefreshAsync(First, user.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, refreshed.Status);
        var (access, refresh) = Tokens(refreshed);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Second, access));

        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(Second, user.RefreshToken)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(First, refresh)).Status);
        await RefusedEverywhereAsync(access);
        await RefusedEverywhereAsync(user.Token);

        // Another sign-in of the same user is another session.
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Second, other.Token));
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(Second, other.RefreshToken)).Status);
        await using var context = Site.CreateContext();
        var id = (await context.Users.SingleAsync(u => u.Email == user.Email, CancellationToken)).Id;
        Assert.Equal(SessionEnd.TokenReused, (await context.UserSessions.SingleAsync(s => s.UserId == id && s.EndedAt != null, CancellationToken)).EndReason);
    }

    [Fact]
    public async Task One_of_many_who_refresh_with_one_token_at_once_gets_tokens()
    {
        var user = await Site.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => RefreshAsync(Site.Clients[n % 2], user.RefreshToken)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Locked_out_user_neither_refreshes_nor_reads()
    {
        var user = await Site.SignUpAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Second, user.Token));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(First, user.Email, $"Wrong-{attempt}-guess")).Status);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(Second, user.RefreshToken)).Status);
        await RefusedEverywhereAsync(user.Token);
    }

    [Fact]
    public async Task Wrong_passwords_before_a_lock_out_evict_nothing()
    {
        var user = await Site.SignUpAsync();
        await using var context = Site.CreateContext();
        var id = (await context.Users.SingleAsync(u => u.Email == user.Email, CancellationToken)).Id;
        var tag = $"user:{id}";
        var before = await context.Set<Connect.Caching.Generations.CacheGeneration>().AsNoTracking().SingleAsync(g => g.Tag == tag, CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(First, user.Email, "Wrong-guess-1")).Status);
        await AttackedSite.SignInAsync(First, user);

        var after = await context.Set<Connect.Caching.Generations.CacheGeneration>().AsNoTracking().SingleAsync(g => g.Tag == tag, CancellationToken);
        Assert.Equal(before.Generation, after.Generation);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_no_other()
    {
        var user = await Site.SignUpAsync();
        var other = await AttackedSite.SignInAsync(First, user);

        Assert.Equal(HttpStatusCode.NoContent, (await First.PostAsync("/auth/logout", null, user.Token)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(First, user.Token));
        await RefusedEverywhereAsync(user.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(Second, user.RefreshToken)).Status);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Second, other.Token));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_sessions()
    {
        var user = await Site.SignUpAsync();
        var other = await AttackedSite.SignInAsync(First, user);

        Assert.Equal(HttpStatusCode.NoContent, (await Second.PostAsync("/auth/logout-everywhere", null, user.Token)).Status);

        foreach (var signedIn in (AttackUser[])[user, other])
        {
            await RefusedEverywhereAsync(signedIn.Token);
            Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(First, signedIn.RefreshToken)).Status);
        }
    }

    [Fact]
    public async Task New_password_ends_the_other_sessions()
    {
        var user = await Site.SignUpAsync();
        var other = await AttackedSite.SignInAsync(First, user);

        var changed = await First.PostAsync(
            "/auth/manage/info", new JsonObject { ["oldPassword"] = user.Password, ["newPassword"] = "Another-Passw0rd" }, user.Token);

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        await RefusedEverywhereAsync(other.Token);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Second, user.Token));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(First, other.RefreshToken)).Status);
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one_by_their_user_only()
    {
        var user = await Site.SignUpAsync();
        var other = await AttackedSite.SignInAsync(First, user);
        var stranger = await Site.SignUpAsync();

        var listed = (await First.SendAsync(new("GET", "/auth/manage/sessions") { Token = user.Token })).Json["items"]!.AsArray();

        Assert.Equal(2, listed.Count);
        Assert.Equal([false, true], listed.Select(session => session!["isCurrent"]!.GetValue<bool>()));
        var address = $"/auth/manage/sessions/{listed[0]!["id"]}";
        Assert.Equal(HttpStatusCode.NotFound, (await First.SendAsync(new("DELETE", address) { Token = stranger.Token })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await First.SendAsync(new("DELETE", address) { Token = user.Token })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await First.SendAsync(new("DELETE", address) { Token = user.Token })).Status);
        await RefusedEverywhereAsync(other.Token);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Second, user.Token));
    }

    [Fact]
    public async Task Code_of_an_authenticator_signs_in_once()
    {
        var user = await Site.SignUpAsync();
        var shown = await First.PostAsync("/auth/manage/2fa", new JsonObject(), user.Token);
        var key = shown.Json["sharedKey"]!.GetValue<string>();
        var enabled = await First.PostAsync(
            "/auth/manage/2fa", new JsonObject { ["enable"] = true, ["twoFactorCode"] = Authenticator.CodeOf(key, steps: -1) }, user.Token);
        Assert.Equal(HttpStatusCode.OK, enabled.Status);
        var code = Authenticator.CodeOf(key, steps: 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => LoginAsync(Site.Clients[n % 2], user.Email, user.Password, code)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.True(answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized) == 2, string.Join('\n', answers.Select(answer => answer.ToString())));

        // Nor does an earlier one, which was not used.
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(First, user.Email, user.Password, Authenticator.CodeOf(key))).Status);
    }

    [Fact]
    public async Task Role_and_membership_that_were_changed_by_SQL_count_at_once_on_every_instance()
    {
        var user = await Site.SignUpMemberAsync("한빛");
        await using var context = Site.CreateContext();
        var id = (await context.Users.SingleAsync(u => u.Email == user.Email, CancellationToken)).Id;
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(First, user.Token, "/api/admin/scrapes"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(Second, user.Token, "/api/admin/scrapes"));

        await context.Database.ExecuteSqlAsync(
            $"insert into user_roles (user_id, role_id) select {id}, id from roles where name = 'Admin'", CancellationToken);
        await Site.EverywhereAsync(HttpStatusCode.OK, user.Token, "/api/admin/scrapes");
        await context.Database.ExecuteSqlAsync($"delete from user_roles where user_id = {id}", CancellationToken);
        await Site.EverywhereAsync(HttpStatusCode.Forbidden, user.Token, "/api/admin/scrapes");

        var organization = $"/api/organizations/{user.Organization}";
        await Site.EverywhereAsync(HttpStatusCode.OK, user.Token, organization);
        await context.Database.ExecuteSqlAsync($"update users set organization_id = null where id = {id}", CancellationToken);
        await Site.EverywhereAsync(HttpStatusCode.NotFound, user.Token, organization);
        await context.Database.ExecuteSqlAsync($"delete from users where id = {id}", CancellationToken);
        await Site.EverywhereAsync(HttpStatusCode.Unauthorized, user.Token, organization);
    }

    private static (string Access, string Refresh) Tokens(AttackAnswer answer) =>
        (answer.Json["accessToken"]!.GetValue<string>(), answer.Json["refreshToken"]!.GetValue<string>());

    private static Task<AttackAnswer> RefreshAsync(AttackClient client, string token) =>
        client.PostAsync("/auth/refresh", new JsonObject { ["refreshToken"] = token });

    private static Task<AttackAnswer> LoginAsync(AttackClient client, string email, string password, string? code = null) => client.PostAsync(
        "/auth/login", new JsonObject { ["email"] = email, ["password"] = password, ["twoFactorCode"] = code });

    private static async Task<HttpStatusCode> AskAsync(AttackClient client, string token, string path = "/api/programs?limit=1") =>
        (await client.SendAsync(new("GET", path) { Token = token })).Status;

    private Task RefusedEverywhereAsync(string token) => Site.EverywhereAsync(HttpStatusCode.Unauthorized, token, "/api/programs?limit=1");
}
