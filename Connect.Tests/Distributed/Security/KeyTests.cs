using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Keys of programs on two instances: what they open.</summary>
public sealed class KeyTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => instances.Site;

    private AttackClient First => Site.Clients[0];

    [Fact]
    public async Task Key_opens_what_its_scope_says_of_its_organization_only()
    {
        var (owner, other) = (await Site.SignUpMemberAsync("한빛"), await Site.SignUpMemberAsync("남"));
        await Site.AddProgramAsync(Random.Shared.Next(1_000, 1_000_000));
        var read = (await Site.MakeKeyAsync(owner, "READ")).Secret;
        var write = (await Site.MakeKeyAsync(owner, "WRITE")).Secret;
        var organization = $"/api/organizations/{owner.Organization}";
        foreach (var key in (string[])[read, write])
        {
            await ExpectAsync(HttpStatusCode.OK, "GET", organization, key);
            await ExpectAsync(HttpStatusCode.OK, "GET", $"{organization}/matches", key);
            await ExpectAsync(HttpStatusCode.OK, "POST", $"/api/matches/generate?organizationId={owner.Organization}", key);
            await ExpectAsync(HttpStatusCode.OK, "GET", "/api/programs?limit=1", key);
            await ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/organizations/{other.Organization}", key);
            await ExpectAsync(HttpStatusCode.NotFound, "POST", $"/api/matches/generate?organizationId={other.Organization}", key);

            // No key manages keys, sessions or accounts, or is an administrator.
            await ExpectAsync(HttpStatusCode.Forbidden, "GET", $"{organization}/keys", key);
            await ExpectAsync(HttpStatusCode.Forbidden, "POST", $"{organization}/keys", key, AttackedSite.NewKey("READ"));
            await ExpectAsync(HttpStatusCode.Forbidden, "GET", "/auth/manage/info", key);
            await ExpectAsync(HttpStatusCode.Forbidden, "GET", "/auth/manage/sessions", key);
            await ExpectAsync(HttpStatusCode.Forbidden, "POST", "/auth/logout", key);
            await ExpectAsync(HttpStatusCode.Forbidden, "GET", "/api/admin/cache", key);
        }

        var patch = new JsonObject { ["technologyReadinessLevel"] = 6 };
        await ExpectAsync(HttpStatusCode.Forbidden, "PATCH", organization, read, patch);
        await ExpectAsync(HttpStatusCode.OK, "PATCH", organization, write, patch);
    }

    [Fact]
    public async Task Administrators_key_opens_administration_while_its_user_is_an_administrator()
    {
        var user = await Site.SignUpAsync();
        await using var context = Site.CreateContext();
        var id = (await context.Users.SingleAsync(u => u.Email == user.Email, CancellationToken)).Id;
        await ExpectAsync(HttpStatusCode.Forbidden, "POST", "/api/admin/keys", user.Token, AttackedSite.NewKey("ADMIN_READ"));
        await context.Database.ExecuteSqlAsync(
            $"insert into user_roles (user_id, role_id) select {id}, id from roles where name = 'Admin'", CancellationToken);
        await Site.EverywhereAsync(HttpStatusCode.OK, user.Token, "/api/admin/keys");
        var read = (await Site.MakeKeyAsync("/api/admin/keys", user.Token, "ADMIN_READ")).Secret;
        var write = (await Site.MakeKeyAsync("/api/admin/keys", user.Token, "ADMIN_WRITE")).Secret;

        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/admin/cache", read);
        await ExpectAsync(HttpStatusCode.Forbidden, "DELETE", "/api/admin/cache/tags/nothing", read);
        await ExpectAsync(HttpStatusCode.NoContent, "DELETE", "/api/admin/cache/tags/nothing", write);
        await ExpectAsync(HttpStatusCode.Forbidden, "POST", "/api/admin/keys", write, AttackedSite.NewKey("ADMIN_READ"));
        Assert.Equal(id, (await context.AuditEntries.OrderByDescending(entry => entry.Id).FirstAsync(
            entry => entry.Route == "/api/admin/cache/tags/{tag}" && entry.Status == 204, CancellationToken)).UserId);

        await context.Database.ExecuteSqlAsync($"delete from user_roles where user_id = {id}", CancellationToken);
        await Site.EverywhereAsync(HttpStatusCode.Unauthorized, read, "/api/admin/cache");
        await Site.EverywhereAsync(HttpStatusCode.Unauthorized, write, "/api/admin/cache");
    }

    [Theory]
    [InlineData("ADMIN_READ")]
    [InlineData("ADMIN_WRITE")]
    public async Task Organizations_key_has_no_scope_of_administrators(string scope)
    {
        var owner = await Site.SignUpMemberAsync("한빛");

        await ExpectAsync(HttpStatusCode.BadRequest, "POST", $"/api/organizations/{owner.Organization}/keys", owner.Token, AttackedSite.NewKey(scope));
    }

    [Fact]
    public async Task Rotation_leaves_the_secret_before_for_the_time_that_it_names()
    {
        var owner = await Site.SignUpMemberAsync("한빛");
        var made = (await PostAsync(AttackedSite.KeysOf(owner), owner.Token, AttackedSite.NewKey("READ"))).Json;
        var (id, first) = (made["key"]!["id"]!.GetValue<string>(), made["secret"]!.GetValue<string>());

        var second = (await PostAsync($"{AttackedSite.KeysOf(owner)}/{id}/rotate", owner.Token, new JsonObject())).Json["secret"]!.GetValue<string>();
        await Site.EverywhereAsync(HttpStatusCode.OK, second, "/api/programs?limit=1");
        await Site.EverywhereAsync(HttpStatusCode.OK, first, "/api/programs?limit=1");
        var third = (await PostAsync($"{AttackedSite.KeysOf(owner)}/{id}/rotate", owner.Token, new JsonObject { ["overlapHours"] = 0 })).Json["secret"]!.GetValue<string>();

        await Site.EverywhereAsync(HttpStatusCode.OK, third, "/api/programs?limit=1");
        await Site.EverywhereAsync(HttpStatusCode.Unauthorized, second, "/api/programs?limit=1");
        await Site.EverywhereAsync(HttpStatusCode.Unauthorized, first, "/api/programs?limit=1");
    }

    [Fact]
    public async Task Key_is_kept_as_a_hash_and_listed_with_its_last_use()
    {
        var owner = await Site.SignUpMemberAsync("한빛");
        var made = (await PostAsync(AttackedSite.KeysOf(owner), owner.Token, AttackedSite.NewKey("READ"))).Json;
        var (id, secret) = (made["key"]!["id"]!.GetValue<Guid>(), made["secret"]!.GetValue<string>());
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/programs?limit=1", secret);

        string listed;
        do
        {
            listed = (await First.GetAsync(AttackedSite.KeysOf(owner), owner.Token)).Body;
        }
        while (JsonNode.Parse(listed)!["items"]![0]!["lastUsedAt"] is null);

        Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
        await using var context = Site.CreateContext();
        var row = await context.Database.SqlQueryRaw<string>("select to_jsonb(k)::text as \"Value\" from api_keys k where id = {0}", id)
            .SingleAsync(CancellationToken);
        Assert.DoesNotContain(secret[3..20], row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_made_up_and_altered_keys_are_refused()
    {
        var owner = await Site.SignUpMemberAsync("한빛");
        var made = (await PostAsync(AttackedSite.KeysOf(owner), owner.Token, AttackedSite.NewKey("READ"))).Json;
        var (id, secret) = (made["key"]!["id"]!.GetValue<Guid>(), made["secret"]!.GetValue<string>());
        var altered = secret[..^1] + (secret[^1] == 'A' ? 'Q' : 'A');
        foreach (var wrong in (string[])["ck_", "ck_AAAA", "ck_" + new string('A', 64), "ck_" + new string('!', 64), altered, secret + "A", secret[..^1]])
        {
            await ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/programs?limit=1", wrong);
        }

        await using (var context = Site.CreateContext())
        {
            await context.ApiKeys.Where(key => key.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.ExpiresAt, key => key.CreatedAt), CancellationToken);
        }

        await ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/programs?limit=1", secret);
    }

    [Fact]
    public async Task Names_are_unique_until_they_are_revoked_also_in_a_race()
    {
        var owner = await Site.SignUpMemberAsync("한빛");
        var key = AttackedSite.NewKey("READ");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Site.Clients[n % 2].PostAsync(AttackedSite.KeysOf(owner), key.DeepClone(), owner.Token)));

        var made = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        await ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"{AttackedSite.KeysOf(owner)}/{made.Json["key"]!["id"]}", owner.Token);
        await ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"{AttackedSite.KeysOf(owner)}/{made.Json["key"]!["id"]}", owner.Token);
        await ExpectAsync(HttpStatusCode.Created, "POST", AttackedSite.KeysOf(owner), owner.Token, key);
    }

    private Task<AttackAnswer> PostAsync(string path, string token, JsonNode body) => First.PostAsync(path, body, token);

    private async Task ExpectAsync(HttpStatusCode expected, string method, string path, string token, JsonNode? body = null)
    {
        var answer = await First.SendAsync(new AttackRequest(method, path) { Token = token }.WithJson(body));
        Assert.True(answer.Status == expected, $"{method} {path}: {(int)answer.Status} {answer.Body}");
        Assert.Null(answer.FindMalformation());
    }
}
