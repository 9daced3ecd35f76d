using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Lifecycle;

/// <summary>Deletions of organizations, as their callers see them.</summary>
public sealed class OrganizationDeletionTests(TwoInstances shared, ITestOutputHelper output) : IClassFixture<TwoInstances>
{
    private const int Races = 12;

    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => shared.Site;

    [Fact]
    public async Task Owner_deletes_the_organization_and_other_members_may_not()
    {
        var (owner, editor) = await AddOrganizationAsync(Site);
        var stranger = await Site.SignUpMemberAsync("남");

        AssertProblem(HttpStatusCode.Forbidden, "forbidden", await DeleteAsync(Site, owner.Organization, editor));
        AssertProblem(HttpStatusCode.NotFound, "not-found", await DeleteAsync(Site, owner.Organization, stranger));
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, owner.Organization, owner)).Status);
        AssertProblem(HttpStatusCode.NotFound, "not-found", await DeleteAsync(Site, owner.Organization, owner));
        AssertProblem(HttpStatusCode.NotFound, "not-found", await DeleteAsync(Site, owner.Organization, await Site.SignInAsAdministratorAsync()));
    }

    [Fact]
    public async Task Only_the_deletion_by_an_administrator_is_audited()
    {
        var (first, second) = (await Site.SignUpMemberAsync("하나"), await Site.SignUpMemberAsync("둘"));

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, first.Organization, first)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, second.Organization, await Site.SignInAsAdministratorAsync())).Status);

        await using var context = Site.CreateContext();
        var entries = await context.AuditEntries.ToListAsync(CancellationToken);
        Assert.DoesNotContain(entries, entry => entry.Target.Contains($"{first.Organization}", StringComparison.Ordinal));
        var entry = Assert.Single(entries, entry => entry.Target.Contains($"{second.Organization}", StringComparison.Ordinal));
        Assert.Equal(("DELETE", "/api/organizations/{id:guid}", $"id={second.Organization}"), (entry.Method, entry.Route, entry.Target));
    }

    [Fact]
    public async Task Other_replica_refuses_within_the_promise()
    {
        await Site.AddProgramAsync(1);
        var (owner, editor) = await AddOrganizationAsync(Site);
        var path = $"/api/organizations/{owner.Organization}/matches";
        foreach (var client in Site.Clients)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path, editor.Token)).Status);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, owner.Organization, owner)).Status);

        // Asked at once, so that an answer that comes after the promised time was asked for before it, too.
        var answer = await AskUntilAsync(Site.Clients[1], path, editor.Token);
        output.WriteLine($"Refused after {answer.TotalMilliseconds:F1} ms.");
        Assert.True(answer < Freshness, $"{answer.TotalMilliseconds} ms");
    }

    [Fact]
    public async Task Races_leave_no_row_behind_and_no_error()
    {
        await Site.AddProgramAsync(2);
        List<AttackAnswer> answers = [];
        List<Guid> ids = [];
        for (var race = 0; race < Races; race++)
        {
            var (owner, editor) = await AddOrganizationAsync(Site);
            var id = owner.Organization;
            ids.Add(id);
            answers.AddRange(await Task.WhenAll(
                DeleteAsync(Site, id, owner),
                Site.Clients[1].SendAsync(new AttackRequest("DELETE", $"/api/organizations/{id}") { Token = owner.Token }),
                PatchAsync(Site.Clients[0], owner), PatchAsync(Site.Clients[1], editor),
                Site.Clients[0].PostAsync($"/api/matches/generate?organizationId={id}", null, owner.Token),
                Site.Clients[1].PostAsync($"/api/matches/generate?organizationId={id}", null, editor.Token),
                Site.Clients[1].GetAsync($"/api/organizations/{id}", editor.Token)));
        }

        Assert.All(answers, answer =>
        {
            Assert.Null(answer.FindMalformation());
            Assert.Contains(answer.Status, new[] { HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        });
        Assert.Equal(Races, answers.Count(answer => answer.Status == HttpStatusCode.NoContent));
        await using var context = Site.CreateContext();
        Assert.Empty(await context.Matches.Where(match => ids.Contains(match.OrganizationId)).ToListAsync(CancellationToken));
        Assert.Empty(await context.Users.Where(user => ids.Contains(user.OrganizationId!.Value)).ToListAsync(CancellationToken));
        var organizations = await context.Organizations.Where(organization => ids.Contains(organization.Id)).ToListAsync(CancellationToken);
        Assert.Equal(Races, organizations.Count);
        Assert.All(organizations, organization =>
        {
            Assert.Equal((OrganizationStatus.Deactivated, ""), (organization.Status, organization.Name));
            Assert.Equal((null, null), (organization.Address, organization.BusinessNumberHash));
        });
        output.WriteLine(string.Join(", ", answers.CountBy(answer => answer.Status)));
    }

    [Fact]
    public async Task Business_number_is_free_again()
    {
        var user = await Site.SignUpAsync();
        var body = AttackedSite.Organization("한빛", readinessLevel: 5);
        var created = await Site.Clients[0].PostAsync("/api/organizations", body.DeepClone(), user.Token);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Site, created.Json["id"]!.GetValue<Guid>(), user)).Status);

        Assert.Equal(HttpStatusCode.Created, (await Site.Clients[0].PostAsync("/api/organizations", body, user.Token)).Status);
    }

    private static async Task<(AttackUser Owner, AttackUser Editor)> AddOrganizationAsync(AttackedSite site)
    {
        var (owner, editor) = (await site.SignUpMemberAsync("한빛"), await site.SignUpAsync());
        await using var context = site.CreateContext();
        await context.Users.Where(user => user.Email == editor.Email).ExecuteUpdateAsync(
            set => set.SetProperty(user => user.OrganizationId, owner.Organization).SetProperty(user => user.OrganizationRole, OrganizationRole.Editor),
            CancellationToken);
        return (owner, editor with { Organization = owner.Organization });
    }

    private static Task<AttackAnswer> DeleteAsync(AttackedSite site, Guid organization, AttackUser user) =>
        site.Clients[0].SendAsync(new AttackRequest("DELETE", $"/api/organizations/{organization}") { Token = user.Token });

    private static Task<AttackAnswer> PatchAsync(AttackClient client, AttackUser user) =>
        client.SendAsync(new AttackRequest("PATCH", $"/api/organizations/{user.Organization}")
        {
            Token = user.Token,
            MediaType = "application/merge-patch+json",
        }.WithJson(new JsonObject { ["address"] = "서울", ["rdExperience"] = true }));

    private static async Task<TimeSpan> AskUntilAsync(AttackClient client, string path, string token)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            if ((await client.GetAsync(path, token)).Status == HttpStatusCode.NotFound)
            {
                return elapsed;
            }
        }
    }

    private static void AssertProblem(HttpStatusCode status, string type, AttackAnswer answer)
    {
        Assert.Null(answer.FindMalformation());
        Assert.Equal((status, $"urn:connect:problem:{type}"), (answer.Status, answer.Json["type"]!.GetValue<string>()));
    }
}
