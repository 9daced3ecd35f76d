using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Members of organizations: what each role may do, and how soon a change of it counts on the other instance.</summary>
public sealed class MemberTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => instances.Site;

    [Fact]
    public async Task Members_see_each_other_page_by_page()
    {
        var team = await Team.CreateAsync(Site);
        TeamMember[] members = [team.Owner, await team.AddAsync(OrganizationRole.Editor), await team.AddAsync(OrganizationRole.Reader)];

        foreach (var caller in members)
        {
            List<JsonNode> listed = [];
            string? cursor = null;
            do
            {
                var page = await team.SendAsync("GET", $"{team.Path}/members?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}", caller);
                Assert.Equal(HttpStatusCode.OK, page.Status);
                listed.Add(Assert.Single(page.Json["items"]!.AsArray())!);
                cursor = page.Json["nextCursor"]?.GetValue<string>();
            }
            while (cursor is not null);

            Assert.Equal(members.Select(m => m.Id).OrderDescending(), listed.Select(item => item["id"]!.GetValue<Guid>()));
            Assert.Equal(
                members.Zip((string[])["OWNER", "EDITOR", "READER"]).OrderByDescending(m => m.First.Id).Select(m => (m.First.Email, m.Second, m.First == caller)),
                listed.Select(item => (item["email"]!.GetValue<string>(), item["role"]!.GetValue<string>(), item["isCurrent"]!.GetValue<bool>())));
            Assert.All(listed, item => Assert.Equal(["id", "email", "role", "isCurrent"], item.AsObject().Select(field => field.Key)));
        }

        TeamAssert.Problem(HttpStatusCode.BadRequest, "validation", await team.SendAsync("GET", $"{team.Path}/members?limit=0", team.Owner));
    }

    [Theory]
    [InlineData(OrganizationRole.Reader)]
    [InlineData(OrganizationRole.Editor)]
    public async Task Members_who_own_nothing_manage_nobody(OrganizationRole role)
    {
        var team = await Team.CreateAsync(Site);
        var member = await team.AddAsync(role);
        var other = await team.AddAsync(OrganizationRole.Reader);

        AttackAnswer[] answers =
        [
            await team.ChangeRoleAsync(member, member, "OWNER"),
            await team.ChangeRoleAsync(member, other, "EDITOR"),
            await team.RemoveAsync(member, other),
            await team.RemoveAsync(member, new TeamMember(Guid.CreateVersion7(), "", "")),
            await team.InviteAsync("somebody@example.com", caller: member),
            await team.SendAsync("GET", $"{team.Path}/invitations", member),
            await team.SendAsync("DELETE", $"{team.Path}/invitations/{Guid.CreateVersion7()}", member),
        ];

        Assert.All(answers, answer => TeamAssert.Problem(HttpStatusCode.Forbidden, "forbidden", answer));
        Assert.Equal(3, (await team.RolesAsync()).Count);
        Assert.Empty(await team.MailsAsync("somebody@example.com"));
    }

    [Fact]
    public async Task Strangers_are_not_told_whether_an_organization_exists()
    {
        var (team, stranger) = (await Team.CreateAsync(Site), (await Team.CreateAsync(Site)).Owner);
        var unknown = $"/api/organizations/{Guid.CreateVersion7()}";
        (string Method, string Path, JsonObject? Body)[] requests =
        [
            ("GET", "/members", null), ("PATCH", $"/members/{team.Owner.Id}", new() { ["role"] = "READER" }), ("DELETE", $"/members/{team.Owner.Id}", null),
            ("DELETE", $"/members/{stranger.Id}", null), ("GET", "/invitations", null), ("DELETE", $"/invitations/{Guid.CreateVersion7()}", null),
            ("POST", "/invitations", new() { ["email"] = "somebody@example.com", ["role"] = "READER" }),
        ];
        foreach (var (method, path, body) in requests)
        {
            var existing = await team.SendAsync(method, team.Path + path, stranger, body);
            TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", existing);
            Assert.Equal(TeamAssert.Comparable(existing), TeamAssert.Comparable(await team.SendAsync(method, unknown + path, stranger, body?.DeepClone())));
        }
    }

    [Theory]
    [InlineData(OrganizationRole.Reader, HttpStatusCode.Forbidden)]
    [InlineData(OrganizationRole.Editor, HttpStatusCode.OK)]
    [InlineData(OrganizationRole.Owner, HttpStatusCode.OK)]
    public async Task Readers_read_and_generate_and_editors_change(OrganizationRole role, HttpStatusCode change)
    {
        var team = await Team.CreateAsync(Site);
        await Site.AddProgramAsync(Random.Shared.Next());
        var member = await team.AddAsync(role);

        Assert.Equal(HttpStatusCode.OK, (await team.SendAsync("GET", team.Path, member)).Status);
        var generated = await team.SendAsync("POST", $"/api/matches/generate?organizationId={team.Id}", member);
        Assert.Equal(HttpStatusCode.OK, generated.Status);
        Assert.Equal(HttpStatusCode.OK, (await team.SendAsync("GET", $"{team.Path}/matches", member, instance: 1)).Status);
        Assert.Equal(HttpStatusCode.OK, (await team.SendAsync("GET", $"/api/matches?organizationId={team.Id}", member)).Status);
        var match = generated.Json["matches"]![0]!["id"]!.GetValue<Guid>();

        Assert.Equal(change, (await team.SendAsync("PATCH", $"/api/matches/{match}", member, new JsonObject { ["saved"] = true })).Status);
        Assert.Equal(change, (await team.SendAsync("PATCH", team.Path, member, new JsonObject { ["technologyReadinessLevel"] = 6 })).Status);
    }

    [Fact]
    public async Task Role_and_removal_count_on_every_instance_within_the_promised_time()
    {
        var team = await Team.CreateAsync(Site);
        var member = await team.AddAsync(OrganizationRole.Reader);
        var owners = $"{team.Path}/invitations";
        await team.EverywhereAsync(HttpStatusCode.Forbidden, member, owners);

        var promoted = await team.ChangeRoleAsync(team.Owner, member, "OWNER");
        await team.EverywhereAsync(HttpStatusCode.OK, member, owners);
        Assert.Equal((HttpStatusCode.OK, "OWNER"), (promoted.Status, promoted.Json["role"]!.GetValue<string>()));

        Assert.Equal(HttpStatusCode.OK, (await team.ChangeRoleAsync(team.Owner, member, "EDITOR", instance: 1)).Status);
        await team.EverywhereAsync(HttpStatusCode.Forbidden, member, owners);

        Assert.Equal(HttpStatusCode.NoContent, (await team.RemoveAsync(team.Owner, member)).Status);
        await team.EverywhereAsync(HttpStatusCode.NotFound, member, owners);
        await team.EverywhereAsync(HttpStatusCode.NotFound, member, team.Path);
        TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", await team.RemoveAsync(team.Owner, member));
        TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", await team.ChangeRoleAsync(team.Owner, member, "EDITOR"));

        // Free to have an organization of one's own.
        var created = await team.SendAsync("POST", "/api/organizations", member, AttackedSite.Organization("새 회사", readinessLevel: 5));
        Assert.True(created.Status == HttpStatusCode.Created, created.Body);
    }

    [Theory]
    [InlineData(OrganizationRole.Reader)]
    [InlineData(OrganizationRole.Editor)]
    [InlineData(OrganizationRole.Owner)]
    public async Task Everybody_may_leave(OrganizationRole role)
    {
        var team = await Team.CreateAsync(Site);
        var member = await team.AddAsync(role);

        Assert.Equal(HttpStatusCode.NoContent, (await team.RemoveAsync(member, member)).Status);
        await team.EverywhereAsync(HttpStatusCode.NotFound, member, team.Path);
        Assert.Equal([OrganizationRole.Owner], await team.RolesAsync());
    }

    [Fact]
    public async Task Last_owner_hands_over_before_stepping_down()
    {
        var team = await Team.CreateAsync(Site);
        var heir = await team.AddAsync(OrganizationRole.Editor);

        TeamAssert.Problem(HttpStatusCode.Conflict, "last-owner", await team.ChangeRoleAsync(team.Owner, team.Owner, "EDITOR"));
        TeamAssert.Problem(HttpStatusCode.Conflict, "last-owner", await team.RemoveAsync(team.Owner, team.Owner));
        Assert.Equal(HttpStatusCode.OK, (await team.ChangeRoleAsync(team.Owner, team.Owner, "OWNER")).Status);

        Assert.Equal(HttpStatusCode.OK, (await team.ChangeRoleAsync(team.Owner, heir, "OWNER")).Status);
        Assert.Equal(HttpStatusCode.OK, (await team.ChangeRoleAsync(team.Owner, team.Owner, "READER")).Status);
        TeamAssert.Problem(HttpStatusCode.Conflict, "last-owner", await team.RemoveAsync(heir, heir));
        Assert.Equal([OrganizationRole.Reader, OrganizationRole.Owner], (await team.RolesAsync()).Order());
    }

    [Fact]
    public async Task Member_without_a_role_is_an_owner_as_releases_without_roles_mean_it()
    {
        var team = await Team.CreateAsync(Site);
        var member = await team.AddAsync(OrganizationRole.Reader);
        await using var context = Site.CreateContext();
        await context.Users.Where(u => u.Id == member.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.OrganizationRole, (OrganizationRole?)null), CancellationToken);
        await team.EverywhereAsync(HttpStatusCode.OK, member, $"{team.Path}/invitations");

        // So the other owner is not the last one.
        Assert.Equal(HttpStatusCode.NoContent, (await team.RemoveAsync(team.Owner, team.Owner)).Status);
        TeamAssert.Problem(HttpStatusCode.Conflict, "last-owner", await team.RemoveAsync(member, member));
    }

    [Fact]
    public async Task One_owner_stays_when_two_demote_each_other_at_once()
    {
        var team = await Team.CreateAsync(Site);
        var other = await team.AddAsync(OrganizationRole.Owner);

        var answers = await team.RaceAsync(
            () => team.ChangeRoleAsync(team.Owner, other, "EDITOR"), () => team.ChangeRoleAsync(other, team.Owner, "EDITOR", instance: 1));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden], answers.Select(answer => answer.Status).Order());
        Assert.Equal([OrganizationRole.Editor, OrganizationRole.Owner], (await team.RolesAsync()).Order());
    }

    [Fact]
    public async Task One_owner_stays_when_two_remove_each_other_or_leave_at_once()
    {
        var team = await Team.CreateAsync(Site);
        var other = await team.AddAsync(OrganizationRole.Owner);
        var answers = await team.RaceAsync(() => team.RemoveAsync(team.Owner, other), () => team.RemoveAsync(other, team.Owner, instance: 1));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NotFound], answers.Select(answer => answer.Status).Order());
        Assert.Equal([OrganizationRole.Owner], await team.RolesAsync());

        var couple = await Team.CreateAsync(Site);
        var partner = await couple.AddAsync(OrganizationRole.Owner);
        answers = await couple.RaceAsync(
            () => couple.RemoveAsync(couple.Owner, couple.Owner), () => couple.RemoveAsync(partner, partner, instance: 1));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        Assert.Equal([OrganizationRole.Owner], await couple.RolesAsync());
    }

    [Fact]
    public async Task User_that_Identity_has_read_before_does_not_bring_the_membership_back()
    {
        var team = await Team.CreateAsync(Site);
        var member = await team.AddAsync(OrganizationRole.Editor);
        await using var context = Site.CreateContext();
        var read = await context.Users.SingleAsync(u => u.Id == member.Id, CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, (await team.RemoveAsync(team.Owner, member)).Status);

        // Identity's store marks every column as changed.
        read.AccessFailedCount++;
        context.Update(read);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync(CancellationToken));
        await team.EverywhereAsync(HttpStatusCode.NotFound, member, team.Path);
    }

    [Theory]
    [InlineData("""{ "role": "ADMIN" }""")]
    [InlineData("""{ "role": 2 }""")]
    [InlineData("""{ "role": null }""")]
    [InlineData("{}")]
    public async Task Role_that_there_is_not_is_refused(string body)
    {
        var team = await Team.CreateAsync(Site);
        var member = await team.AddAsync(OrganizationRole.Editor);

        var answer = await team.SendAsync("PATCH", $"{team.Path}/members/{member.Id}", team.Owner, JsonNode.Parse(body));

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.Status, answer.FindMalformation()));
        Assert.Equal([OrganizationRole.Editor, OrganizationRole.Owner], (await team.RolesAsync()).Order());
    }
}
