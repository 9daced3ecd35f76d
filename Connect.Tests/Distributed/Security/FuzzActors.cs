using System.Net;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>The callers of the requests, and what the requests are about.</summary>
internal sealed class FuzzActors
{
    private const int OfEach = 12;

    /// <summary>An owner, whom no request ends.</summary>
    public required AttackUser Member { get; init; }

    public required AttackUser Administrator { get; init; }

    public required Guid Program { get; init; }

    /// <summary>A match of the member's organization.</summary>
    public required Guid Match { get; init; }

    /// <summary>Users who end their sessions and accounts.</summary>
    public required IReadOnlyList<AttackUser> Leavers { get; init; }

    /// <summary>Sessions of the member but the one of its token.</summary>
    public required IReadOnlyList<Guid> Sessions { get; init; }

    /// <summary>Keys of the member's organization, which requests rotate and revoke.</summary>
    public required IReadOnlyList<AttackKey> Keys { get; init; }

    /// <summary>Keys of the administrator, which requests rotate and revoke.</summary>
    public required IReadOnlyList<AttackKey> AdministratorsKeys { get; init; }

    /// <summary>Keys that requests come with: of every scope, and those that are rotated and revoked meanwhile.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The other members of the member's organization.</summary>
    public required IReadOnlyList<Guid> Colleagues { get; init; }

    public required IReadOnlyList<Guid> Invitations { get; init; }

    /// <summary>Those of the invitations' mails.</summary>
    public required IReadOnlyList<string> InvitationTokens { get; init; }

    /// <summary>Organizations that are deleted and restored.</summary>
    public required IReadOnlyList<Guid> Organizations { get; init; }

    public static async Task<FuzzActors> PrepareAsync(AttackedSite site, int leavers)
    {
        var program = await site.AddProgramAsync(1);
        var member = await site.SignUpMemberAsync("시험 회사");
        var administrator = await site.SignInAsAdministratorAsync();
        var matches = await site.Clients[0].PostAsync($"/api/matches/generate?organizationId={member.Organization}", null, member.Token);
        var keys = await ManyAsync(_ => site.MakeKeyAsync(member, "READ"));
        var administrators = await ManyAsync(_ => site.MakeKeyAsync("/api/admin/keys", administrator.Token, "ADMIN_READ"));
        string[] kept =
        [
            (await site.MakeKeyAsync(member, "READ")).Secret, (await site.MakeKeyAsync(member, "WRITE")).Secret,
            (await site.MakeKeyAsync("/api/admin/keys", administrator.Token, "ADMIN_READ")).Secret,
            (await site.MakeKeyAsync("/api/admin/keys", administrator.Token, "ADMIN_WRITE")).Secret,
        ];
        var invitations = await ManyAsync(number => InviteAsync(site, member, $"invited{number}@example.com"));
        return new FuzzActors
        {
            Member = member,
            Administrator = administrator,
            Program = program,
            Match = matches.Json["matches"]![0]!["id"]!.GetValue<Guid>(),
            Leavers = await ManyAsync(_ => site.SignUpAsync(), leavers),
            Sessions = await AddSessionsAsync(site, member),
            Keys = keys,
            AdministratorsKeys = administrators,
            Secrets = [.. kept, .. kept, .. keys.Concat(administrators).Select(key => key.Secret)],
            Colleagues = await AddColleaguesAsync(site, member.Organization),
            Invitations = [.. invitations.Select(invitation => invitation.Id)],
            InvitationTokens = [.. invitations.Select(invitation => invitation.Token)],
            Organizations = await ManyAsync(async number => (await site.SignUpMemberAsync($"회사 {number}")).Organization, 5),
        };
    }

    private static async Task<List<T>> ManyAsync<T>(Func<int, Task<T>> makeAsync, int count = OfEach)
    {
        List<T> made = [];
        for (var number = 0; number < count; number++)
        {
            made.Add(await makeAsync(number));
        }

        return made;
    }

    private static async Task<List<Guid>> AddSessionsAsync(AttackedSite site, AttackUser member)
    {
        var own = (await site.Clients[0].GetAsync("/auth/manage/sessions", member.Token)).Json["items"]![0]!["id"]!.GetValue<Guid>();
        await ManyAsync(_ => AttackedSite.SignInAsync(site.Clients[0], member));
        await using var context = site.CreateContext();
        return await context.UserSessions.Where(session => session.Id != own && context.Users.Any(u => u.Id == session.UserId && u.Email == member.Email))
            .Select(session => session.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    // They never call, so no instance has to hear of them.
    private static async Task<List<Guid>> AddColleaguesAsync(AttackedSite site, Guid organization)
    {
        var users = Enumerable.Range(0, OfEach).Select(number => new User
        {
            Id = Guid.CreateVersion7(),
            UserName = $"colleague{number}@example.com",
            NormalizedUserName = $"COLLEAGUE{number}@EXAMPLE.COM",
            Email = $"colleague{number}@example.com",
            NormalizedEmail = $"COLLEAGUE{number}@EXAMPLE.COM",
            SecurityStamp = $"{Guid.NewGuid():N}",
            OrganizationId = organization,
            OrganizationRole = (OrganizationRole)(number % 3),
        }).ToList();
        await using var context = site.CreateContext();
        context.Users.AddRange(users);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        return [.. users.Select(user => user.Id)];
    }

    private static async Task<(Guid Id, string Token)> InviteAsync(AttackedSite site, AttackUser owner, string email)
    {
        var invited = await site.Clients[0].PostAsync(
            $"/api/organizations/{owner.Organization}/invitations", new JsonObject { ["email"] = email, ["role"] = "READER" }, owner.Token);
        Assert.True(invited.Status == HttpStatusCode.OK, invited.Body);
        await using var context = site.CreateContext();
        var mail = await context.Mails.SingleAsync(mail => mail.Recipient == email && mail.Template == "invitation", TestContext.Current.CancellationToken);
        return (invited.Json["id"]!.GetValue<Guid>(), Team.TokenOf(mail));
    }
}
