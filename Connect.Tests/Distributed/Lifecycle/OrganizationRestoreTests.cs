using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Lifecycle;

/// <summary>Administrators find deleted organizations and restore what is not personal.</summary>
public sealed class OrganizationRestoreTests(RunningApplication application, TwoInstances shared) : IClassFixture<TwoInstances>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => shared.Site;

    [Fact]
    public async Task Deleted_organization_is_restored_without_what_is_personal()
    {
        var (administrator, owner) = (await Site.SignInAsAdministratorAsync(), await Site.SignUpMemberAsync("한빛"));
        var newOwner = $"new.owner.{Guid.NewGuid():N}@example.com";
        await DeleteAsync(Site, owner);

        var listed = await Site.Clients[0].GetAsync("/api/admin/organizations?status=DEACTIVATED", administrator.Token);
        var item = Assert.Single(listed.Json["items"]!.AsArray(), item => item!["id"]!.GetValue<Guid>() == owner.Organization)!;
        Assert.Equal(
            TimeSpan.FromDays(30), item["restorableUntil"]!.GetValue<DateTimeOffset>() - item["deactivatedAt"]!.GetValue<DateTimeOffset>());
        Assert.DoesNotContain("한빛", listed.Body, StringComparison.Ordinal);

        var restored = await RestoreAsync(Site, owner.Organization, administrator, newOwner);
        Assert.Equal((HttpStatusCode.OK, "ACTIVE"), (restored.Status, restored.Json["organization"]!["status"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NotFound, (await RestoreAsync(Site, owner.Organization, administrator, newOwner)).Status);

        // The former owner is a stranger to it.
        Assert.Equal(HttpStatusCode.NotFound, (await Site.Clients[1].GetAsync($"/api/organizations/{owner.Organization}", owner.Token)).Status);
        await using var context = Site.CreateContext();
        var organization = await context.Organizations.SingleAsync(o => o.Id == owner.Organization, CancellationToken);
        Assert.Equal((OrganizationStatus.Active, "", null, null), (organization.Status, organization.Name, organization.BusinessNumberHash, organization.DeactivatedAt));
        Assert.Equal(Sector.Ict, organization.IndustrySector);
        var invitation = await context.Invitations.SingleAsync(i => i.OrganizationId == organization.Id, CancellationToken);
        Assert.Equal((newOwner, OrganizationRole.Owner), (invitation.Email, invitation.Role));
        Assert.Equal((TimeSpan.FromDays(7), 32), (invitation.ExpiresAt - invitation.CreatedAt, invitation.TokenHash.Length));

        // The new owner joins by the mail's link.
        var mail = await context.Mails.SingleAsync(m => m.Template == "invitation" && m.OrganizationId == organization.Id, CancellationToken);
        Assert.Equal(newOwner, mail.Recipient);
        Assert.DoesNotContain("‘’", mail.Text, StringComparison.Ordinal);
        var person = await AttackedSite.SignUpAsync(Site.Clients[1], newOwner, "Passw0rd!-1");
        var accepted = await Site.Clients[1].PostAsync(
            "/api/invitations/accept", new JsonObject { ["token"] = Team.TokenOf(mail) }, person.Token);
        Assert.Equal((HttpStatusCode.OK, "OWNER"), (accepted.Status, accepted.Json["role"]?.GetValue<string>()));
        Assert.Equal(HttpStatusCode.OK, (await Site.Clients[0].GetAsync($"/api/organizations/{owner.Organization}", person.Token)).Status);
    }

    [Fact]
    public async Task Nothing_is_restored_without_a_mail_server()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1, ("Mail__Host", ""));
        var (administrator, owner) = (await site.SignInAsAdministratorAsync(), await site.SignUpMemberAsync("한빛"));
        await DeleteAsync(site, owner);

        var answer = await RestoreAsync(site, owner.Organization, administrator, "new.owner@example.com");

        TeamAssert.Problem(HttpStatusCode.ServiceUnavailable, "mail-not-configured", answer);
        await using var context = site.CreateContext();
        Assert.Equal(OrganizationStatus.Deactivated, (await context.Organizations.SingleAsync(CancellationToken)).Status);
    }

    [Fact]
    public async Task Nothing_is_restored_after_the_period()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1, ("Organizations__RestoreWithin", "01:00:00"));
        var (administrator, owner) = (await site.SignInAsAdministratorAsync(), await site.SignUpMemberAsync("한빛"));
        await DeleteAsync(site, owner);
        await using var context = site.CreateContext();
        await context.Organizations.ExecuteUpdateAsync(
            set => set.SetProperty(o => o.DeactivatedAt, o => o.DeactivatedAt!.Value.AddHours(-1)), CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, (await RestoreAsync(site, owner.Organization, administrator, "new.owner@example.com")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await RestoreAsync(site, Guid.CreateVersion7(), administrator, "new.owner@example.com")).Status);
    }

    [Fact]
    public async Task One_of_many_restorations_at_once_is_carried_out()
    {
        var (administrator, owner) = (await Site.SignInAsAdministratorAsync(), await Site.SignUpMemberAsync("한빛"));
        await DeleteAsync(Site, owner);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            RestoreAsync(Site, owner.Organization, administrator, $"owner{number}@example.com", number % 2)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        await using var context = Site.CreateContext();
        Assert.Single(await context.Invitations.Where(i => i.OrganizationId == owner.Organization).ToListAsync(CancellationToken));
    }

    [Theory]
    [InlineData("""{ "ownerEmail": "nobody" }""")]
    [InlineData("{ }")]
    [InlineData("""{ "ownerEmail": "a@b@c" }""")]
    [InlineData("""{ "ownerEmail": "a@b\r\nBcc: c@example.com" }""")]
    public async Task Restoration_is_refused_without_an_address(string body)
    {
        var administrator = await Site.SignInAsAdministratorAsync();

        var answer = await Site.Clients[0].PostAsync($"/api/admin/organizations/{Guid.CreateVersion7()}/restore", JsonNode.Parse(body), administrator.Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotNull(answer.Json["errors"]!["ownerEmail"]);
    }

    [Fact]
    public async Task Deleted_organizations_are_listed_page_by_page()
    {
        var administrator = await Site.SignInAsAdministratorAsync();
        var owners = new List<AttackUser>();
        for (var number = 0; number < 5; number++)
        {
            owners.Add(await Site.SignUpMemberAsync($"한빛{number}"));
        }

        foreach (var owner in owners.Take(3))
        {
            await DeleteAsync(Site, owner);
        }

        List<Guid> listed = [];
        string? cursor = null;
        do
        {
            var page = await Site.Clients[0].GetAsync(
                $"/api/admin/organizations?status=DEACTIVATED&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", administrator.Token);
            listed.AddRange(page.Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>()));
            cursor = page.Json["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        // Other tests have deleted organizations before.
        var own = owners.Select(owner => owner.Organization).ToList();
        Assert.Equal(own.Take(3).Reverse(), listed.Where(own.Contains));
        Assert.Equal(listed.Distinct(), listed);
        var all = await Site.Clients[0].GetAsync("/api/admin/organizations", administrator.Token);
        Assert.Equal(5, all.Json["items"]!.AsArray().Count(item => own.Contains(item!["id"]!.GetValue<Guid>())));
        var refused = await Site.Clients[0].GetAsync("/api/admin/organizations?status=GONE", administrator.Token);
        Assert.NotNull(refused.Json["errors"]!["status"]);
    }

    private static async Task DeleteAsync(AttackedSite site, AttackUser owner) => Assert.Equal(
        HttpStatusCode.NoContent,
        (await site.Clients[0].SendAsync(new AttackRequest("DELETE", $"/api/organizations/{owner.Organization}") { Token = owner.Token })).Status);

    private static Task<AttackAnswer> RestoreAsync(AttackedSite site, Guid id, AttackUser administrator, string email, int client = 0) =>
        site.Clients[client].PostAsync($"/api/admin/organizations/{id}/restore", new JsonObject { ["ownerEmail"] = email }, administrator.Token);
}
