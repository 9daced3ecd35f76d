using System.Net;
using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Programs;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Lifecycle;

/// <summary>Persons see what is kept of them.</summary>
public sealed class AccountExportTests(RunningApplication application)
{
    private const string Path = "/auth/manage/export";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_has_what_is_kept_of_the_person_and_no_secrets()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1);
        var (person, other) = (await site.SignUpMemberAsync("한빛"), await site.SignUpMemberAsync("남"));
        await using var context = site.CreateContext();
        var user = await context.Users.SingleAsync(u => u.Email == person.Email, CancellationToken);
        user.EmailConfirmed = true;
        await AddRowsAsync(context, user, other.Organization);

        using var answer = await RawHttp.SendAsync(site.Clients[0].Address, HttpMethod.Get, Path, null, ("Authorization", $"Bearer {person.Token}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("attachment; filename=connect-account.json", answer.Header("Content-Disposition"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        var text = await answer.Content.ReadAsStringAsync(CancellationToken);
        var export = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        Assert.Equal((user.Id, person.Email, true), (export["account"]!["id"]!.GetValue<Guid>(), export["account"]!["email"]!.GetValue<string>(), export["account"]!["hasPassword"]!.GetValue<bool>()));
        Assert.Equal((person.Organization, "한빛", "OWNER"), (export["organization"]!["id"]!.GetValue<Guid>(), export["organization"]!["name"]!.GetValue<string>(), export["organization"]!["role"]!.GetValue<string>()));
        Assert.Contains(export["sessions"]!.AsArray(), session => session!["client"]?.GetValue<string>() == "Firefox");
        Assert.Equal("노트북", Assert.Single(export["passkeys"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal("sub-1", Assert.Single(export["logins"]!.AsArray())!["subject"]!.GetValue<string>());
        Assert.Equal("reports", Assert.Single(export["apiKeys"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal(other.Organization, Assert.Single(export["invitationsReceived"]!.AsArray())!["organizationId"]!.GetValue<Guid>());
        Assert.Equal("friend@example.com", Assert.Single(export["invitationsSent"]!.AsArray())!["email"]!.GetValue<string>());
        Assert.Contains(export["mails"]!.AsArray(), mail => mail!["template"]!.GetValue<string>() == "Invitation");
        Assert.Equal("key-1", Assert.Single(export["idempotencyKeys"]!.AsArray())!["key"]!.GetValue<string>());
        Assert.Equal("tag=programs", Assert.Single(export["auditEntries"]!.AsArray())!["target"]!.GetValue<string>());
        Assert.NotNull(export["explanationsFullAt"]);
        var mark = Assert.Single(export["matchMarks"]!.AsArray())!;
        Assert.Equal(("WON", "메모"), (mark["toStatus"]!.GetValue<string>(), mark["note"]!.GetValue<string>()));

        foreach (var secret in (string?[])[user.PasswordHash, user.SecurityStamp, user.ConcurrencyStamp, "authenticator-secret", "c2VjcmV0LWhhc2g", "secret-of-a-link"])
        {
            Assert.DoesNotContain(secret!, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(other.Email, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_of_an_unconfirmed_address_has_nothing_that_was_sent_to_it()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1);
        var (impostor, other) = (await site.SignUpAsync(), await site.SignUpMemberAsync("남"));
        await using var context = site.CreateContext();
        await context.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.EmailConfirmed, false), CancellationToken);
        context.AddRange(
            LifecycleRows.NewInvitation(other.Organization, invitedBy: null, impostor.Email, LifecycleRows.Now.AddDays(7)),
            LifecycleRows.NewMail(userId: null, other.Organization, impostor.Email));
        await context.SaveChangesAsync(CancellationToken);

        var export = (await site.Clients[0].GetAsync(Path, impostor.Token)).Json;

        Assert.Empty(export["invitationsReceived"]!.AsArray());
        Assert.DoesNotContain(export["mails"]!.AsArray(), mail => mail!["template"]!.GetValue<string>() == "Invitation");
        Assert.Null(export["organization"]);
    }

    private static async Task AddRowsAsync(ConnectDbContext context, User user, Guid otherOrganization)
    {
        var now = LifecycleRows.Now;
        var program = new FundingProgram { Title = "공고", AnnouncementUrl = "https://example.com/", IdentityKey = $"{Guid.NewGuid():N}", Fingerprint = "1" };
        var match = new FundingMatch { Id = Guid.CreateVersion7(), OrganizationId = user.OrganizationId!.Value, ProgramId = program.Id, AlgorithmVersion = "1" };
        context.AddRange(
            program,
            match,
            new MatchMarkChange { MatchId = match.Id, At = now, UserId = user.Id, ToStatus = MatchStatus.Won, Note = "메모" },
            new MatchMarkChange { MatchId = match.Id, At = now, ToStatus = MatchStatus.Lost, Note = "남" });
        context.AddRange(
            new UserSession { UserId = user.Id, Client = "Firefox", CreatedAt = now, LastUsedAt = now, ExpiresAt = now.AddDays(14) },
            new Microsoft.AspNetCore.Identity.IdentityUserPasskey<Guid>
            {
                UserId = user.Id,
                CredentialId = [1],
                Data = new() { Name = "노트북", PublicKey = [1], AttestationObject = [1], ClientDataJson = [1], CreatedAt = now },
            },
            new Microsoft.AspNetCore.Identity.IdentityUserLogin<Guid> { UserId = user.Id, LoginProvider = "issuer", ProviderKey = "sub-1" },
            new Microsoft.AspNetCore.Identity.IdentityUserToken<Guid> { UserId = user.Id, LoginProvider = "[AspNetUserStore]", Name = "AuthenticatorKey", Value = "authenticator-secret" },
            new ApiKey
            {
                OrganizationId = user.OrganizationId,
                CreatedBy = user.Id,
                Name = "reports",
                Scope = ApiKeyScope.Read,
                SecretHash = "secret-hash"u8.ToArray(),
                CreatedAt = now,
                ExpiresAt = now.AddDays(90),
            },
            LifecycleRows.NewInvitation(otherOrganization, invitedBy: null, user.Email!, now.AddDays(7)),
            LifecycleRows.NewInvitation(user.OrganizationId!.Value, user.Id, "friend@example.com", now.AddDays(7)),
            new Mail
            {
                Key = "invitation:1",
                Template = "Invitation",
                Recipient = user.Email,
                Subject = "초대",
                Text = "secret-of-a-link",
                CreatedAt = now,
                NextAttemptAt = now.AddDays(1),
                ExpiresAt = now.AddDays(7),
            },
            new IdempotencyKey { UserId = user.Id, Key = "key-1", Operation = "organizations.create", RequestHash = "", CreatedAt = now },
            new ExplanationAllowanceRow { Key = $"user:{user.Id}", FullAt = now },
            new AuditEntry { UserId = user.Id, Method = "DELETE", Route = "/api/admin/cache/tags/{tag}", Target = "tag=programs", TraceId = "", At = now });
        await context.SaveChangesAsync(CancellationToken);
    }
}
