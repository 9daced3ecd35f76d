using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Distributed.Security;

/// <summary>Invitations to organizations: who makes them, what the mail has, and who joins by it.</summary>
public sealed class InvitationTests(TwoInstances instances, RunningApplication application) : IClassFixture<TwoInstances>
{
    private const int MaxMembers = 200;
    private const int MaxPending = 100;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => instances.Site;

    [Fact]
    public async Task Invited_person_joins_with_the_role_once()
    {
        var team = await Team.CreateAsync(Site);
        var person = await Team.PersonAsync(Site);

        // In other letters than the account has.
        var invited = await team.InviteAsync(person.Email.ToUpperInvariant());
        Assert.True(invited.Status == HttpStatusCode.OK, invited.Body);
        Assert.Equal(["id", "email", "role", "createdAt", "expiresAt"], invited.Json.AsObject().Select(field => field.Key));
        var (id, createdAt) = (invited.Json["id"]!.GetValue<Guid>(), invited.Json["createdAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal(TimeSpan.FromDays(7), invited.Json["expiresAt"]!.GetValue<DateTimeOffset>() - createdAt);

        var mail = Assert.Single(await team.MailsAsync(person.Email.ToUpperInvariant()));
        var token = Team.TokenOf(mail);
        Assert.Equal(($"invitation:{id}", team.Id, MailStatus.Pending), (mail.Key, mail.OrganizationId, mail.Status));
        Assert.Contains("한빛", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, invited.Body, StringComparison.Ordinal);
        var listed = await team.SendAsync("GET", $"{team.Path}/invitations", team.Owner, instance: 1);
        Assert.Equal(id, Assert.Single(listed.Json["items"]!.AsArray())!["id"]!.GetValue<Guid>());
        Assert.DoesNotContain(token, listed.Body, StringComparison.Ordinal);
        await using var context = Site.CreateContext();
        Assert.Equal(
            SHA256.HashData(Encoding.UTF8.GetBytes(token)),
            (await context.Invitations.SingleAsync(i => i.Id == id, CancellationToken)).TokenHash);

        await team.EverywhereAsync(HttpStatusCode.NotFound, person, team.Path);
        var accepted = await team.AcceptAsync(person, token, instance: 1);
        await team.EverywhereAsync(HttpStatusCode.OK, person, team.Path);
        Assert.True(accepted.Status == HttpStatusCode.OK, accepted.Body);
        Assert.Equal((team.Id, "EDITOR"), (accepted.Json["organizationId"]!.GetValue<Guid>(), accepted.Json["role"]!.GetValue<string>()));
        await team.EverywhereAsync(HttpStatusCode.Forbidden, person, $"{team.Path}/invitations");
        TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", await team.AcceptAsync(person, token));
        Assert.False(await context.Invitations.AnyAsync(i => i.OrganizationId == team.Id, CancellationToken));
        Assert.False((await context.Users.SingleAsync(u => u.Id == person.Id, CancellationToken)).EmailConfirmed);
    }

    [Fact]
    public async Task Mail_is_written_in_the_language_of_the_request()
    {
        var team = await Team.CreateAsync(Site);
        foreach (var (language, word) in ((string, string)[])[("ko", "초대"), ("en", "invite")])
        {
            var email = $"{language}-{Guid.NewGuid():N}@example.com";
            var answer = await Site.Clients[0].SendAsync(new AttackRequest("POST", $"{team.Path}/invitations")
            {
                Token = team.Owner.Token,
                Headers = [("Accept-Language", language)],
            }.WithJson(new JsonObject { ["email"] = email, ["role"] = "OWNER" }));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains(word, Assert.Single(await team.MailsAsync(email)).Subject, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Renewal_replaces_the_token_and_the_mail()
    {
        var team = await Team.CreateAsync(Site);
        var person = await Team.PersonAsync(Site);
        var old = await team.InvitedAsync(person.Email, "OWNER");

        var renewed = await team.InvitedAsync(person.Email, "READER");

        Assert.NotEqual(old, renewed);
        Assert.Single((await team.SendAsync("GET", $"{team.Path}/invitations", team.Owner)).Json["items"]!.AsArray());
        TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", await team.AcceptAsync(person, old));
        Assert.Equal("READER", (await team.AcceptAsync(person, renewed)).Json["role"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tokens_that_open_nothing_are_answered_alike()
    {
        var team = await Team.CreateAsync(Site);
        var person = await Team.PersonAsync(Site);
        var used = await team.InvitedAsync(person.Email);
        Assert.Equal(HttpStatusCode.OK, (await team.AcceptAsync(person, used)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await team.RemoveAsync(person, person)).Status);
        var withdrawn = await team.InvitedAsync(person.Email);
        await using var context = Site.CreateContext();
        var id = (await context.Invitations.SingleAsync(i => i.OrganizationId == team.Id, CancellationToken)).Id;
        Assert.Equal(HttpStatusCode.NoContent, (await team.SendAsync("DELETE", $"{team.Path}/invitations/{id}", team.Owner)).Status);
        Assert.Empty(await team.MailsAsync(person.Email));
        TeamAssert.Problem(
            HttpStatusCode.NotFound, "not-found", await team.SendAsync("DELETE", $"{team.Path}/invitations/{id}", team.Owner));
        var expired = await team.InvitedAsync(person.Email);
        var past = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await context.Invitations.Where(i => i.OrganizationId == team.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, past), CancellationToken);
        var others = await team.InvitedAsync("somebody-else@example.com");

        List<string> answers = [];
        foreach (var token in (string[])[used, withdrawn, expired, others, "unknown", new string('A', 43), " "])
        {
            var answer = await team.AcceptAsync(person, token, instance: 1);
            if (!string.IsNullOrWhiteSpace(token))
            {
                TeamAssert.Problem(HttpStatusCode.NotFound, "not-found", answer);
                answers.Add(TeamAssert.Comparable(answer));
            }
            else
            {
                TeamAssert.Problem(HttpStatusCode.BadRequest, "validation", answer);
            }
        }

        Assert.Single(answers.Distinct());
        await team.EverywhereAsync(HttpStatusCode.NotFound, person, team.Path);
    }

    [Fact]
    public async Task Invitation_of_another_organization_is_not_withdrawn()
    {
        var (team, other) = (await Team.CreateAsync(Site), await Team.CreateAsync(Site));
        await team.InvitedAsync("kim@example.com");
        await using var context = Site.CreateContext();
        var id = (await context.Invitations.SingleAsync(i => i.OrganizationId == team.Id, CancellationToken)).Id;

        TeamAssert.Problem(
            HttpStatusCode.NotFound, "not-found", await team.SendAsync("DELETE", $"{other.Path}/invitations/{id}", other.Owner));
        Assert.True(await context.Invitations.AnyAsync(i => i.Id == id, CancellationToken));
    }

    [Fact]
    public async Task Account_without_an_address_joins_by_the_token_alone()
    {
        var team = await Team.CreateAsync(Site);
        var token = await team.InvitedAsync($"{Guid.NewGuid():N}@example.com");
        var person = await Team.PersonAsync(Site);
        await using var context = Site.CreateContext();
        await context.Users.Where(u => u.Id == person.Id).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.Email, (string?)null).SetProperty(u => u.NormalizedEmail, (string?)null), CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await team.AcceptAsync(person, token)).Status);
        await team.EverywhereAsync(HttpStatusCode.OK, person, team.Path);
    }

    [Fact]
    public async Task Member_of_an_organization_neither_joins_another_nor_is_invited_again()
    {
        var (team, other) = (await Team.CreateAsync(Site), await Team.CreateAsync(Site));
        var token = await team.InvitedAsync(other.Owner.Email);

        TeamAssert.Problem(HttpStatusCode.Conflict, "organization-exists", await team.AcceptAsync(other.Owner, token));
        TeamAssert.Problem(HttpStatusCode.Conflict, "already-member", await team.InviteAsync(team.Owner.Email.ToUpperInvariant()));
        Assert.Single((await team.SendAsync("GET", $"{team.Path}/invitations", team.Owner)).Json["items"]!.AsArray());
        Assert.Equal([OrganizationRole.Owner], await other.RolesAsync());
    }

    [Fact]
    public async Task Invitations_and_members_are_limited()
    {
        var team = await Team.CreateAsync(Site);
        var person = await Team.PersonAsync(Site);
        var token = await team.InvitedAsync(person.Email);
        await using var context = Site.CreateContext();
        context.Invitations.AddRange(Enumerable.Range(1, MaxPending - 1).Select(number => Pending(team.Id, number)));
        await context.SaveChangesAsync(CancellationToken);

        TeamAssert.Problem(HttpStatusCode.Conflict, "too-many-invitations", await team.InviteAsync("one-more@example.com"));
        Assert.Equal(HttpStatusCode.OK, (await team.InviteAsync("1@example.com")).Status);
        var past = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await context.Invitations.Where(i => i.OrganizationId == team.Id && i.NormalizedEmail == "2@EXAMPLE.COM")
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, past), CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await team.InviteAsync("one-more@example.com")).Status);

        context.Users.AddRange(Enumerable.Range(1, MaxMembers - 1).Select(_ => new User
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = team.Id,
            OrganizationRole = OrganizationRole.Reader,
        }));
        await context.SaveChangesAsync(CancellationToken);
        TeamAssert.Problem(HttpStatusCode.Conflict, "too-many-members", await team.InviteAsync("1@example.com"));
        TeamAssert.Problem(HttpStatusCode.Conflict, "too-many-members", await team.AcceptAsync(person, token));
        Assert.Equal(MaxMembers, (await team.RolesAsync()).Count);
    }

    [Theory]
    [InlineData("""{ "email": "nobody", "role": "READER" }""", "email")]
    [InlineData("""{ "email": "a b@example.com", "role": "READER" }""", "email")]
    [InlineData("""{ "email": "a@localhost", "role": "READER" }""", "email")]
    [InlineData("""{ "email": "a@example.com\r\nBcc: b@example.com", "role": "READER" }""", "email")]
    [InlineData("""{ "email": "", "role": "READER" }""", "email")]
    [InlineData("""{ "role": "READER" }""", "email")]
    [InlineData("""{ "email": "a@example.com" }""", "role")]
    [InlineData("""{ "email": "a@example.com", "role": "ADMIN" }""", "role")]
    public async Task Invalid_invitation_is_refused(string body, string? field)
    {
        var team = await Team.CreateAsync(Site);

        var answer = await team.SendAsync("POST", $"{team.Path}/invitations", team.Owner, JsonNode.Parse(body));

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.Status, answer.FindMalformation()));
        Assert.Equal(field, answer.Json["errors"]?.AsObject().Single().Key);
    }

    [Fact]
    public async Task Invitations_are_limited_per_user()
    {
        await using var site = await AttackedSite.HostAsync(
            application, instances: 1, ("RateLimits__Enabled", "true"), ("RateLimits__Invitation__Permits", "2"));
        var (team, other) = (await Team.CreateAsync(site), await Team.CreateAsync(site));
        for (var number = 0; number < 2; number++)
        {
            Assert.Equal(HttpStatusCode.OK, (await team.InviteAsync($"{number}@example.com")).Status);
        }

        var refused = await team.InviteAsync("3@example.com");
        TeamAssert.Problem(HttpStatusCode.TooManyRequests, "too-many-requests", refused);
        Assert.InRange(int.Parse(refused.RetryAfter!, CultureInfo.InvariantCulture), 1, 1_800);
        Assert.Equal(HttpStatusCode.OK, (await other.InviteAsync("3@example.com")).Status);
    }

    [Fact]
    public async Task Nobody_is_invited_without_a_mail_server()
    {
        await using var alone = await ApiInstances.CreateAsync(application);
        var client = await new ApiClient((await alone.HostAsync()).Address).SignUpAsync();
        var organization = await client.CreateOrganizationAsync();

        var answer = await client.SendAsync(
            HttpMethod.Post, $"/api/organizations/{organization}/invitations", new { email = "kim@example.com", role = "READER" });

        ApiAssert.Problem(HttpStatusCode.ServiceUnavailable, "mail-not-configured", answer);
        await using var context = alone.CreateContext();
        Assert.False(await context.Invitations.AnyAsync(CancellationToken));
    }

    [Fact]
    public async Task Lifetime_is_a_setting_that_is_checked()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1, ("Organizations__InvitationLifetime", "01:00:00"));
        var invited = (await (await Team.CreateAsync(site)).InviteAsync("kim@example.com")).Json;
        Assert.Equal(
            TimeSpan.FromHours(1), invited["expiresAt"]!.GetValue<DateTimeOffset>() - invited["createdAt"]!.GetValue<DateTimeOffset>());

        await Assert.ThrowsAsync<OptionsValidationException>(
            () => AttackedSite.HostAsync(application, instances: 1, ("Organizations__InvitationLifetime", "00:59:59")));
    }

    private static Invitation Pending(Guid organizationId, int number) => new()
    {
        OrganizationId = organizationId,
        Email = $"{number}@example.com",
        NormalizedEmail = $"{number}@EXAMPLE.COM",
        TokenHash = RandomNumberGenerator.GetBytes(32),
        CreatedAt = TimeProvider.System.GetUtcNow(),
        ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
    };
}
