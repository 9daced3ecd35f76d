using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Tests.Distributed.Security;

/// <summary>A member of a test's organization.</summary>
internal sealed record TeamMember(Guid Id, string Email, string Token);

/// <summary>An organization with one owner at first, its members and its invitations, on a site.</summary>
internal sealed partial class Team
{
    private readonly AttackedSite _site;

    private Team(AttackedSite site, Guid id, TeamMember owner) => (_site, Id, Owner) = (site, id, owner);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public Guid Id { get; }

    public TeamMember Owner { get; }

    public string Path => $"/api/organizations/{Id}";

    public static async Task<Team> CreateAsync(AttackedSite site)
    {
        var owner = await site.SignUpMemberAsync("한빛");
        return new Team(site, owner.Organization, await PersonAsync(site, owner));
    }

    /// <summary>A signed-in person without an organization.</summary>
    public static async Task<TeamMember> PersonAsync(AttackedSite site) => await PersonAsync(site, await site.SignUpAsync());

    /// <summary>A new person who is a member at once; no instance has heard of the person before.</summary>
    public async Task<TeamMember> AddAsync(OrganizationRole role)
    {
        var person = await PersonAsync(_site);
        await using var context = _site.CreateContext();
        await context.Users.Where(u => u.Id == person.Id).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.OrganizationId, Id).SetProperty(u => u.OrganizationRole, role), CancellationToken);
        return person;
    }

    /// <summary>Asks the instance of this number.</summary>
    public Task<AttackAnswer> SendAsync(string method, string path, TeamMember caller, JsonNode? body = null, int instance = 0) =>
        _site.Clients[instance].SendAsync(new AttackRequest(method, path) { Token = caller.Token }.WithJson(body));

    public Task<AttackAnswer> ChangeRoleAsync(TeamMember caller, TeamMember member, string role, int instance = 0) =>
        SendAsync("PATCH", $"{Path}/members/{member.Id}", caller, new JsonObject { ["role"] = role }, instance);

    public Task<AttackAnswer> RemoveAsync(TeamMember caller, TeamMember member, int instance = 0) =>
        SendAsync("DELETE", $"{Path}/members/{member.Id}", caller, instance: instance);

    public Task<AttackAnswer> InviteAsync(string email, string role = "EDITOR", TeamMember? caller = null, int instance = 0) => SendAsync(
        "POST", $"{Path}/invitations", caller ?? Owner, new JsonObject { ["email"] = email, ["role"] = role }, instance);

    /// <summary>Invites and reads the token from the mail.</summary>
    public async Task<string> InvitedAsync(string email, string role = "EDITOR")
    {
        var answer = await InviteAsync(email, role);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return TokenOf(Assert.Single(await MailsAsync(email)));
    }

    public Task<AttackAnswer> AcceptAsync(TeamMember caller, string token, int instance = 0) =>
        SendAsync("POST", "/api/invitations/accept", caller, new JsonObject { ["token"] = token }, instance);

    /// <summary>The outbox's mails that invite an address to the organization.</summary>
    public async Task<List<Mail>> MailsAsync(string email)
    {
        await using var context = _site.CreateContext();
        return await context.Mails.Where(m => m.OrganizationId == Id && m.Recipient == email && m.Template == "invitation").ToListAsync(CancellationToken);
    }

    public static string TokenOf(Mail mail) => TokenPattern().Match(mail.Text!).Groups[1].Value;

    /// <summary>The roles of the members.</summary>
    public async Task<List<OrganizationRole?>> RolesAsync()
    {
        await using var context = _site.CreateContext();
        return await context.Users.Where(u => u.OrganizationId == Id).Select(u => u.OrganizationRole).ToListAsync(CancellationToken);
    }

    /// <summary>Sends requests that all have to wait for the organization's row, and lets them go at once.</summary>
    public async Task<AttackAnswer[]> RaceAsync(params Func<Task<AttackAnswer>>[] requests)
    {
        await using var held = await RowLock.TakeAsync(
            _site.ConnectionString, "select 1 from organizations where id = $1 for update", new NpgsqlParameter { Value = Id });
        var answers = Task.WhenAll(requests.Select(request => request()));
        await held.AwaitWaitersAsync(requests.Length);
        await held.ReleaseAsync();
        var all = await answers;
        Assert.All(all, answer => Assert.True((int)answer.Status < 500 && answer.FindMalformation() is null, answer.Body));
        return all;
    }

    /// <inheritdoc cref="AttackedSite.EverywhereAsync"/>
    public Task EverywhereAsync(HttpStatusCode expected, TeamMember caller, string path) => _site.EverywhereAsync(expected, caller.Token, path);

    private static async Task<TeamMember> PersonAsync(AttackedSite site, AttackUser user)
    {
        await using var context = site.CreateContext();
        return new TeamMember((await context.Users.SingleAsync(u => u.Email == user.Email, CancellationToken)).Id, user.Email, user.Token);
    }

    [GeneratedRegex(@"https://connect\.example\.kr/invitations/accept#token=([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")]
    private static partial Regex TokenPattern();
}

/// <summary>Two instances on a database of their own.</summary>
public sealed class TwoInstances(RunningApplication application) : IAsyncLifetime
{
    internal AttackedSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await AttackedSite.HostAsync(application, instances: 2);

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();
}

/// <summary>Assertions on answers.</summary>
internal static class TeamAssert
{
    public static void Problem(HttpStatusCode status, string type, AttackAnswer answer)
    {
        Assert.True(answer.Status == status && answer.FindMalformation() is null, $"{(int)answer.Status} {answer.Body}");
        Assert.Equal($"urn:connect:problem:{type}", answer.Json["type"]!.GetValue<string>());
    }

    /// <summary>The body without the trace, which is another one for each request.</summary>
    public static string Comparable(AttackAnswer answer)
    {
        var body = answer.Json.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }
}
