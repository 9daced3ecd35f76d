using System.Text.Json.Nodes;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Callers of every kind, resources of one of them, and valid requests for these.</summary>
internal sealed class AccessScene(AttackedSite site)
{
    private const string Garbage = "CfDJ8aGFyZGx5LWEtdG9rZW4";

    private readonly Dictionary<CallerKind, string?> _tokens = [];

    // Signing out ends the caller's tokens, which other operations need.
    private readonly Dictionary<(CallerKind, string Path), string> _leaving = [];

    // A refresh token is good once.
    private readonly Queue<string> _refreshTokens = [];
    private AttackUser _member = null!;
    private AttackUser _leaver = null!;
    private Guid _doomed;
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
        scene._leaver = await site.SignUpMemberAsync("나감");
        scene._doomed = (await site.SignUpMemberAsync("곧 없음")).Organization;
        var matches = await scene.Client.PostAsync($"/api/matches/generate?organizationId={scene._member.Organization}", null, scene._member.Token);
        scene._match = matches.Json["matches"]![0]!["id"]!.GetValue<Guid>();

        scene._tokens[CallerKind.NoToken] = null;
        scene._tokens[CallerKind.GarbageToken] = Garbage;
        scene._tokens[CallerKind.RefreshToken] = scene._member.RefreshToken;
        scene._tokens[CallerKind.WithoutOrganization] = (await site.SignUpAsync()).Token;
        scene._tokens[CallerKind.Stranger] = (await site.SignUpMemberAsync("남")).Token;
        scene._tokens[CallerKind.Reader] = await scene.AddAsync(OrganizationRole.Reader);
        scene._tokens[CallerKind.Editor] = await scene.AddAsync(OrganizationRole.Editor);
        scene._tokens[CallerKind.Owner] = scene._member.Token;
        scene._tokens[CallerKind.Administrator] = (await site.SignInAsAdministratorAsync()).Token;
        foreach (var caller in scene._tokens.Keys.Where(kind => kind is not (CallerKind.NoToken or CallerKind.GarbageToken or CallerKind.RefreshToken)))
        {
            foreach (var path in (string[])["/auth/logout", "/auth/logout-everywhere"])
            {
                scene._leaving[(caller, path)] = (await site.SignUpAsync()).Token;
            }
        }

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
    public AttackRequest Request(ApiOperation operation, CallerKind caller, Guid? id = null) =>
        operation.Name == "DELETE /api/organizations/{id}" && caller == CallerKind.Owner
            ? Request(operation, _leaver.Token, id ?? _leaver.Organization)
            : operation.Name == "DELETE /api/organizations/{id}" && (caller is CallerKind.Reader or CallerKind.Editor)
            ? Request(operation, _tokens[caller], id ?? _member.Organization)
            : Request(operation, _leaving.GetValueOrDefault((caller, operation.Path)) ?? _tokens[caller], id);

    private AttackRequest Request(ApiOperation operation, string? token, Guid? id) => new AttackRequest(
        operation.Method, operation.ToAddress(parameter => ValueOf(operation, parameter, id)))
    {
        Token = token,
        MediaType = operation.MediaType,
    }.WithJson(BodyOf(operation));

    private async Task<string> AddAsync(OrganizationRole role)
    {
        var user = await site.SignUpAsync();
        await using var context = site.CreateContext();
        await context.Users.Where(u => u.Email == user.Email).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.OrganizationId, _member.Organization).SetProperty(u => u.OrganizationRole, role),
            TestContext.Current.CancellationToken);
        return user.Token;
    }

    // Where all fields are optional, one has to be there.
    private JsonNode? BodyOf(ApiOperation operation) =>
        operation.BodySchema is null ? null
        : operation.Name == "DELETE /auth/manage/account" ? new JsonObject()
        : operation.Name == "POST /api/admin/keys" ? new JsonObject { ["name"] = $"{Guid.NewGuid():N}", ["scope"] = "ADMIN_READ" }
        : operation.Name == "PATCH /api/matches/{id}" ? new JsonObject { ["saved"] = true }
        : operation.Name == "PATCH /api/admin/programs/{id}" ? new JsonObject { ["budgetAmount"] = "300000000", ["reason"] = "공고문의 금액" }
        : Document.Example(operation.BodySchema, name => Known(operation, name));

    private string? ValueOf(ApiOperation operation, ApiParameter parameter, Guid? id) => (operation.Path, parameter.Name) switch
    {
        (_, "organizationId") => $"{id ?? _member.Organization}",
        (_, "tag") => $"org:{id ?? _member.Organization}",
        (_, "userId" or "invitationId") => $"{Guid.CreateVersion7()}",
        (_, "code") => "bm8",
        (_, "id") when operation.Path.Contains("/programs/", StringComparison.Ordinal) => $"{id ?? _program}",
        (_, "id") when operation.Path.StartsWith("/api/matches", StringComparison.Ordinal) => $"{id ?? _match}",
        ("/api/organizations/{id}", "id") => $"{id ?? (operation.Method == "DELETE" ? _doomed : _member.Organization)}",
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
