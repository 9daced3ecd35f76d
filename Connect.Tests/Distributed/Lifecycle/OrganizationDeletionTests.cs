using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Lifecycle;

/// <summary>Deletions of organizations, as their callers see them.</summary>
public sealed class OrganizationDeletionTests(RunningApplication application, ITestOutputHelper output)
{
    private const int Races = 12;

    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Owner_deletes_the_organization_and_other_members_may_not()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1);
        var (owner, editor) = await AddOrganizationAsync(site);
        var stranger = await site.SignUpMemberAsync("남");

        AssertProblem(HttpStatusCode.Forbidden, "forbidden", await DeleteAsync(site, owner.Organization, editor));
        AssertProblem(HttpStatusCode.NotFound, "not-found", await DeleteAsync(site, owner.Organization, stranger));
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(site, owner.Organization, owner)).Status);
        AssertProblem(HttpStatusCode.NotFound, "not-found", await DeleteAsync(site, owner.Organization, owner));
        AssertProblem(HttpStatusCode.NotFound, "not-found", await DeleteAsync(site, owner.Organization, await site.SignInAsAdministratorAsync()));
    }

    [Fact]
    public async Task Only_the_deletion_by_an_administrator_is_audited()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1);
        var (first, second) = (await site.SignUpMemberAsync("하나"), await site.SignUpMemberAsync("둘"));

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(site, first.Organization, first)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(site, second.Organization, await site.SignInAsAdministratorAsync())).Status);

        await using var context = site.CreateContext();
        var entry = Assert.Single(await context.AuditEntries.ToListAsync(CancellationToken));
        Assert.Equal(("DELETE", "/api/organizations/{id:guid}", $"id={second.Organization}"), (entry.Method, entry.Route, entry.Target));
    }

    [Fact]
    public async Task Other_replica_refuses_within_the_promise()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 2);
        await site.AddProgramAsync(1);
        var (owner, editor) = await AddOrganizationAsync(site);
        var path = $"/api/organizations/{owner.Organization}/matches";
        foreach (var client in site.Clients)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path, editor.Token)).Status);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(site, owner.Organization, owner)).Status);

        // Asked at once, so that an answer that comes after the promised time was asked for before it, too.
        var answer = await AskUntilAsync(site.Clients[1], path, editor.Token);
        output.WriteLine($"Refused after {answer.TotalMilliseconds:F1} ms.");
        Assert.True(answer < Freshness, $"{answer.TotalMilliseconds} ms");
    }

    [Fact]
    public async Task Races_leave_no_row_behind_and_no_error()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 2);
        await site.AddProgramAsync(1);
        List<AttackAnswer> answers = [];
        for (var race = 0; race < Races; race++)
        {
            var (owner, editor) = await AddOrganizationAsync(site);
            var id = owner.Organization;
            answers.AddRange(await Task.WhenAll(
                DeleteAsync(site, id, owner),
                site.Clients[1].SendAsync(new AttackRequest("DELETE", $"/api/organizations/{id}") { Token = owner.Token }),
                PatchAsync(site.Clients[0], owner), PatchAsync(site.Clients[1], editor),
                site.Clients[0].PostAsync($"/api/matches/generate?organizationId={id}", null, owner.Token),
                site.Clients[1].PostAsync($"/api/matches/generate?organizationId={id}", null, editor.Token),
                site.Clients[1].GetAsync($"/api/organizations/{id}", editor.Token)));
        }

        Assert.All(answers, answer =>
        {
            Assert.Null(answer.FindMalformation());
            Assert.Contains(answer.Status, new[] { HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        });
        Assert.Equal(Races, answers.Count(answer => answer.Status == HttpStatusCode.NoContent));
        await using var context = site.CreateContext();
        Assert.Empty(await context.Matches.ToListAsync(CancellationToken));
        Assert.Empty(await context.Users.Where(user => user.OrganizationId != null).ToListAsync(CancellationToken));
        Assert.All(await context.Organizations.ToListAsync(CancellationToken), organization =>
        {
            Assert.Equal((OrganizationStatus.Deactivated, ""), (organization.Status, organization.Name));
            Assert.Equal((null, null), (organization.Address, organization.BusinessNumberHash));
        });
        output.WriteLine(string.Join(", ", answers.CountBy(answer => answer.Status)));
    }

    [Fact]
    public async Task Business_number_is_free_again()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1);
        var user = await site.SignUpAsync();
        var body = AttackedSite.Organization("한빛", readinessLevel: 5);
        var created = await site.Clients[0].PostAsync("/api/organizations", body.DeepClone(), user.Token);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(site, created.Json["id"]!.GetValue<Guid>(), user)).Status);

        Assert.Equal(HttpStatusCode.Created, (await site.Clients[0].PostAsync("/api/organizations", body, user.Token)).Status);
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
