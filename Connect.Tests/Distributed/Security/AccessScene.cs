using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Callers of every kind, resources of one of them, and valid requests for these.</summary>
internal sealed class AccessScene(AttackedSite site)
{
    private const string DeleteOrganization = "DELETE /api/organizations/{id}";
    private const int AttemptsToLockOut = 5;
    private const string Garbage = "CfDJ8aGFyZGx5LWEtdG9rZW4";

    private readonly Dictionary<CallerKind, string?> _tokens = [];

    // What ends the caller's tokens, or its organization, is done by somebody whom no other operation needs.
    private readonly Dictionary<(CallerKind, string Operation), string> _leaving = [];

    // Of those who may delete one, each has one of its own to delete.
    private readonly Dictionary<CallerKind, Guid> _doomed = [];

    // A refresh token is good once.
    private readonly Queue<string> _refreshTokens = [];
    private AttackUser _member = null!;
    private Guid _match;
    private Guid _program;
    private string _businessNumber = "";

    public ApiDocument Document { get; private set; } = null!;

    public AttackClient Client => site.Clients[0];

    public static async Task<AccessScene> SetAsync(AttackedSite site)
    {
        var scene = new AccessScene(site) { Document = await ApiDocument.ReadAsync(site.Clients[0]) };
        scene._program = await site.AddProgramAsync(1);
        var organization = AttackedSite.Organization("한빛", readinessLevel: 5);
        scene._businessNumber = organization["businessNumber"]!.GetValue<string>();
        scene._member = await site.SignUpAsync();
        var created = await scene.Client.PostAsync("/api/organizations", organization, scene._member.Token);
        scene._member = scene._member with { Organization = created.Json["id"]!.GetValue<Guid>() };
        var matches = await scene.Client.PostAsync($"/api/matches/generate?organizationId={scene._member.Organization}", null, scene._member.Token);
        scene._match = matches.Json["matches"]![0]!["id"]!.GetValue<Guid>();

        await scene.AddPeopleAsync();
        await scene.AddKeysAsync();
        await scene.AddLeavingAsync();
        for (var caller = 0; caller < Enum.GetValues<CallerKind>().Length; caller++)
        {
            scene._refreshTokens.Enqueue((await site.SignUpAsync()).RefreshToken);
        }

        return scene;
    }

    /// <summary>A valid request.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="id">An id in place of the member's resource.</param>
    public AttackRequest Request(ApiOperation operation, CallerKind caller, Guid? id = null) => new AttackRequest(
        operation.Method, operation.ToAddress(parameter => ValueOf(operation, caller, parameter, id)))
    {
        Token = _leaving.GetValueOrDefault((caller, operation.Name)) ?? _tokens[caller],
        MediaType = operation.MediaType,
    }.WithJson(BodyOf(operation, caller));

    private async Task AddPeopleAsync()
    {
        _tokens[CallerKind.NoToken] = null;
        _tokens[CallerKind.GarbageToken] = Garbage;
        _tokens[CallerKind.RefreshToken] = _member.RefreshToken;
        _tokens[CallerKind.WithoutOrganization] = (await site.SignUpAsync()).Token;
        _tokens[CallerKind.Stranger] = (await site.SignUpMemberAsync("남")).Token;
        _tokens[CallerKind.Reader] = (await AddAsync(OrganizationRole.Reader)).Token;
        _tokens[CallerKind.Editor] = (await AddAsync(OrganizationRole.Editor)).Token;
        _tokens[CallerKind.Owner] = _member.Token;
        _tokens[CallerKind.Administrator] = (await site.SignInAsAdministratorAsync()).Token;

        var signedOut = await AddAsync(OrganizationRole.Owner);
        await ExpectAsync(HttpStatusCode.NoContent, new("POST", "/auth/logout") { Token = signedOut.Token });
        var deleted = await AddAsync(OrganizationRole.Owner);
        await ExpectAsync(HttpStatusCode.NoContent, new AttackRequest("DELETE", "/auth/manage/account") { Token = deleted.Token }
            .WithJson(new JsonObject { ["password"] = deleted.Password }));
        var lockedOut = await AddAsync(OrganizationRole.Owner);
        for (var attempt = 0; attempt < AttemptsToLockOut; attempt++)
        {
            await ExpectAsync(HttpStatusCode.Unauthorized, new AttackRequest("POST", "/auth/login")
                .WithJson(new JsonObject { ["email"] = lockedOut.Email, ["password"] = $"Wrong-{attempt}-guess" }));
        }

        (_tokens[CallerKind.SignedOut], _tokens[CallerKind.Deleted], _tokens[CallerKind.LockedOut]) = (signedOut.Token, deleted.Token, lockedOut.Token);
    }

    private async Task AddKeysAsync()
    {
        var stranger = await site.SignUpMemberAsync("남의 키");
        _tokens[CallerKind.StrangersKey] = (await site.MakeKeyAsync(stranger, "WRITE")).Secret;
        _tokens[CallerKind.ReadKey] = (await site.MakeKeyAsync(_member, "READ")).Secret;
        _tokens[CallerKind.WriteKey] = (await site.MakeKeyAsync(_member, "WRITE")).Secret;
        var administrator = _tokens[CallerKind.Administrator]!;
        _tokens[CallerKind.AdminReadKey] = (await site.MakeKeyAsync("/api/admin/keys", administrator, "ADMIN_READ")).Secret;
        _tokens[CallerKind.AdminWriteKey] = (await site.MakeKeyAsync("/api/admin/keys", administrator, "ADMIN_WRITE")).Secret;
        var revoked = await site.MakeKeyAsync(_member, "WRITE");
        await ExpectAsync(HttpStatusCode.NoContent, new("DELETE", $"{AttackedSite.KeysOf(_member)}/{revoked.Id}") { Token = _member.Token });
        _tokens[CallerKind.RevokedKey] = revoked.Secret;
    }

    private async Task AddLeavingAsync()
    {
        foreach (var caller in _tokens.Keys.Where(caller => caller is >= CallerKind.WithoutOrganization and <= CallerKind.Administrator))
        {
            foreach (var operation in (string[])["POST /auth/logout", "POST /auth/logout-everywhere"])
            {
                _leaving[(caller, operation)] = (await site.SignUpAsync()).Token;
            }
        }

        var owner = await site.SignUpMemberAsync("나감");
        (_leaving[(CallerKind.Owner, DeleteOrganization)], _doomed[CallerKind.Owner]) = (owner.Token, owner.Organization);
        _doomed[CallerKind.Administrator] = (await site.SignUpMemberAsync("곧 없음")).Organization;
        _doomed[CallerKind.AdminWriteKey] = (await site.SignUpMemberAsync("곧 없음")).Organization;
    }

    private async Task<AttackAnswer> ExpectAsync(HttpStatusCode expected, AttackRequest request)
    {
        var answer = await Client.SendAsync(request);
        Assert.True(answer.Status == expected, $"{request}: {(int)answer.Status} {answer.Body}");
        return answer;
    }

    // A member at once; no instance has heard of the person before.
    private async Task<AttackUser> AddAsync(OrganizationRole role)
    {
        var user = await site.SignUpAsync();
        await using var context = site.CreateContext();
        await context.Users.Where(u => u.Email == user.Email).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.OrganizationId, _member.Organization).SetProperty(u => u.OrganizationRole, role),
            TestContext.Current.CancellationToken);
        return user;
    }

    // Where all fields are optional, one has to be there.
    private JsonNode? BodyOf(ApiOperation operation, CallerKind caller) =>
        operation.BodySchema is null ? null
        : operation.Name == "DELETE /auth/manage/account" ? new JsonObject()
        : operation.Name == "POST /api/admin/keys" ? new JsonObject { ["name"] = $"{Guid.NewGuid():N}", ["scope"] = "ADMIN_READ" }

        // A run of a board that waits already is not asked for again.
        : operation.Name == "POST /api/admin/scrapes" ? new JsonObject { ["agency"] = caller == CallerKind.Administrator ? "NTIS" : "IITP" }
        : operation.Name == "PATCH /api/matches/{id}" ? new JsonObject { ["saved"] = true }
        : operation.Name == "PATCH /api/admin/programs/{id}" ? new JsonObject { ["budgetAmount"] = "300000000", ["reason"] = "공고문의 금액" }
        : Document.Example(operation.BodySchema, name => Known(operation, name));

    private string? ValueOf(ApiOperation operation, CallerKind caller, ApiParameter parameter, Guid? id) => (operation.Path, parameter.Name) switch
    {
        (_, "organizationId") => $"{id ?? _member.Organization}",
        (_, "tag") => $"org:{id ?? _member.Organization}",
        (_, "userId" or "invitationId") => $"{Guid.CreateVersion7()}",
        (_, "code") => "bm8",
        (_, "id") when operation.Path.Contains("/programs/", StringComparison.Ordinal) => $"{id ?? _program}",
        (_, "id") when operation.Path.StartsWith("/api/matches", StringComparison.Ordinal) => $"{id ?? _match}",
        (_, "id") when operation.Name == DeleteOrganization && _doomed.TryGetValue(caller, out var doomed) => $"{id ?? doomed}",
        (_, "id") => $"{id ?? _member.Organization}",
        _ when parameter.IsRequired => Document.Example(parameter.Schema, _ => null)!.ToString(),
        _ => null,
    };

    private JsonNode? Known(ApiOperation operation, string property) => property switch
    {
        "email" => operation.Path == "/auth/register" || operation.Path.EndsWith("/invitations", StringComparison.Ordinal) ? $"{Guid.NewGuid():N}@example.com" : _member.Email,
        "ownerEmail" => "owner@example.com",
        "password" or "newPassword" => _member.Password,
        "refreshToken" => _refreshTokens.TryDequeue(out var token) ? token : _member.RefreshToken,
        "businessNumber" => _businessNumber,
        _ => null,
    };
}
