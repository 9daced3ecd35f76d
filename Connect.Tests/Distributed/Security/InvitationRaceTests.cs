using System.Net;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Invitations on two instances at once: the requests wait for the organization's row, and are let go together.</summary>
public sealed class InvitationRaceTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => instances.Site;

    [Fact]
    public async Task One_of_many_acceptances_of_one_token_joins()
    {
        var team = await Team.CreateAsync(Site);
        var person = await Team.PersonAsync(Site);
        var token = await team.InvitedAsync(person.Email);

        var answers = await team.RaceAsync([.. Enumerable.Range(0, 4).Select(n => (Func<Task<AttackAnswer>>)(() => team.AcceptAsync(person, token, n % 2)))]);

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        Assert.Equal([OrganizationRole.Editor, OrganizationRole.Owner], (await team.RolesAsync()).Order());
    }

    [Fact]
    public async Task One_of_several_people_with_one_token_joins()
    {
        var team = await Team.CreateAsync(Site);
        var token = await team.InvitedAsync("somebody@example.com");
        TeamMember[] people = [await Team.PersonAsync(Site), await Team.PersonAsync(Site)];
        var ids = people.Select(person => person.Id).ToList();
        await using var context = Site.CreateContext();
        await context.Users.Where(u => ids.Contains(u.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.Email, (string?)null).SetProperty(u => u.NormalizedEmail, (string?)null), CancellationToken);

        var answers = await team.RaceAsync(() => team.AcceptAsync(people[0], token), () => team.AcceptAsync(people[1], token, instance: 1));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], answers.Select(answer => answer.Status).Order());
        Assert.Equal(2, (await team.RolesAsync()).Count);
    }

    [Fact]
    public async Task Person_with_two_invitations_joins_one_organization()
    {
        var (one, other) = (await Team.CreateAsync(Site), await Team.CreateAsync(Site));
        var person = await Team.PersonAsync(Site);
        var (first, second) = (await one.InvitedAsync(person.Email), await other.InvitedAsync(person.Email));

        var answers = await Task.WhenAll(one.AcceptAsync(person, first), other.AcceptAsync(person, second, instance: 1));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        Assert.Equal(3, (await one.RolesAsync()).Count + (await other.RolesAsync()).Count);
    }

    [Fact]
    public async Task Person_either_joins_or_creates_an_organization()
    {
        var team = await Team.CreateAsync(Site);
        for (var race = 0; race < 4; race++)
        {
            var person = await Team.PersonAsync(Site);
            var token = await team.InvitedAsync(person.Email);

            var answers = await Task.WhenAll(
                team.AcceptAsync(person, token),
                team.SendAsync("POST", "/api/organizations", person, AttackedSite.Organization("새 회사", readinessLevel: 5), instance: 1));

            Assert.True(
                answers is [{ Status: HttpStatusCode.OK }, { Status: HttpStatusCode.Conflict }]
                    or [{ Status: HttpStatusCode.Conflict }, { Status: HttpStatusCode.Created }],
                string.Join('\n', answers.Select(answer => answer.Body)));
        }
    }

    [Fact]
    public async Task Nobody_belongs_to_an_organization_that_is_deleted_meanwhile()
    {
        var team = await Team.CreateAsync(Site);
        var person = await Team.PersonAsync(Site);
        var token = await team.InvitedAsync(person.Email);
        var signedIn = await Site.SignInAsAdministratorAsync();
        var administrator = new TeamMember(Guid.Empty, signedIn.Email, signedIn.Token);

        var answers = await team.RaceAsync(
            () => team.AcceptAsync(person, token), () => team.SendAsync("DELETE", team.Path, administrator, instance: 1),
            () => team.InviteAsync("kim@example.com"));

        Assert.Contains(answers[0].Status, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
        Assert.Equal(HttpStatusCode.NoContent, answers[1].Status);
        Assert.Contains(answers[2].Status, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
        Assert.Empty(await team.RolesAsync());
        await team.EverywhereAsync(HttpStatusCode.NotFound, person, team.Path);
        TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", await team.AcceptAsync(person, token));
    }

    [Fact]
    public async Task Address_has_one_invitation_and_one_mail_however_often_it_is_invited_at_once()
    {
        var team = await Team.CreateAsync(Site);
        var person = await Team.PersonAsync(Site);

        var answers = await team.RaceAsync(
            [.. Enumerable.Range(0, 4).Select(n => (Func<Task<AttackAnswer>>)(() => team.InviteAsync(person.Email, instance: n % 2)))]);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await using var context = Site.CreateContext();
        var left = await context.Invitations.SingleAsync(i => i.OrganizationId == team.Id, CancellationToken);
        var mail = Assert.Single(await team.MailsAsync(person.Email));
        Assert.Equal($"invitation:{left.Id}", mail.Key);
        Assert.Equal(HttpStatusCode.OK, (await team.AcceptAsync(person, Team.TokenOf(mail))).Status);
    }

    [Fact]
    public async Task Owner_who_is_demoted_meanwhile_invites_nobody_afterwards()
    {
        var team = await Team.CreateAsync(Site);
        var other = await team.AddAsync(OrganizationRole.Owner);

        var answers = await team.RaceAsync(
            () => team.ChangeRoleAsync(team.Owner, other, "READER"), () => team.InviteAsync("kim@example.com", caller: other, instance: 1));

        Assert.Equal(HttpStatusCode.OK, answers[0].Status);
        Assert.Contains(answers[1].Status, new[] { HttpStatusCode.OK, HttpStatusCode.Forbidden });
        await using var context = Site.CreateContext();
        Assert.Equal(
            answers[1].Status == HttpStatusCode.OK, await context.Invitations.AnyAsync(i => i.OrganizationId == team.Id, CancellationToken));
        TeamAssert.Problem(HttpStatusCode.Forbidden, "forbidden", await team.InviteAsync("lee@example.com", caller: other, instance: 1));
    }
}
