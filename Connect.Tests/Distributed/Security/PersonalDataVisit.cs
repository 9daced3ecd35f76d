using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connect.Tests.Functional.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Uses every route with planted values, also in ways that fail: by then they are in an exception or a message.</summary>
internal sealed class PersonalDataVisit(AttackedSite site, Plants plants)
{
    private const string WriteName = "the-first-organization";

    private int _requests;
    private string _token = "";

    /// <summary>The organization that holds the planted values.</summary>
    public Guid Organization { get; private set; }

    public int Requests => _requests;

    public async Task MakeAsync()
    {
        var refresh = await SignInAsync();
        await CreateAsync();
        await ChangeAsync();
        await ReadAsync();
        await UseKeysAsync();
        await UseIdentityAsync(refresh);
        await AdministerAsync();
    }

    /// <summary>The organization and both accounts are deleted.</summary>
    public async Task LeaveAsync()
    {
        await PlantAsync();
        await ExpectAsync(HttpStatusCode.OK, "GET", "/auth/manage/export", null);
        await ExpectAsync(HttpStatusCode.Conflict, "DELETE", "/auth/manage/account", new JsonObject { ["password"] = plants.NewPassword });
        await ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"/api/organizations/{Organization}", null);
        await ExpectAsync(HttpStatusCode.Unauthorized, "DELETE", "/auth/manage/account", new JsonObject { ["password"] = plants.WrongPassword });
        await ExpectAsync(HttpStatusCode.NoContent, "DELETE", "/auth/manage/account", new JsonObject { ["password"] = plants.NewPassword });
        var (other, _) = await TokensAsync("/auth/login", Credentials(plants.OtherEmail, plants.Password));
        await ExpectAsync(HttpStatusCode.NoContent, "DELETE", "/auth/manage/account", new JsonObject { ["password"] = plants.Password }, other);
        await ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/programs", null);
        await ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/auth/login", Credentials(plants.UserEmail, plants.NewPassword));
    }

    // Rows that other requests write: an invitation and a mail to a confirmed address.
    private async Task PlantAsync()
    {
        await using var context = site.CreateContext();
        var user = await context.Users.SingleAsync(u => u.Email == plants.UserEmail, TestContext.Current.CancellationToken);
        user.EmailConfirmed = true;
        context.AddRange(
            LifecycleRows.NewInvitation(Organization, user.Id, plants.OtherEmail, LifecycleRows.Now.AddDays(7)),
            LifecycleRows.NewMail(userId: null, organizationId: null, plants.UserEmail),
            LifecycleRows.NewMail(userId: null, Organization, plants.OtherEmail));
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> SignInAsync()
    {
        await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/auth/register", Credentials(plants.UserEmail, "short"));
        await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/auth/register", new JsonObject { ["email"] = plants.Refused, ["password"] = plants.Password });
        await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/auth/register", new JsonObject { ["email"] = new JsonArray(plants.Refused), ["password"] = plants.Password });
        await ExpectAsync(HttpStatusCode.OK, "POST", "/auth/register", Credentials(plants.UserEmail, plants.Password));
        await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/auth/register", Credentials(plants.UserEmail, plants.Password));
        await ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/auth/login", Credentials(plants.UserEmail, plants.WrongPassword));
        await ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/auth/login", Credentials(plants.NewEmail, plants.WrongPassword));
        var (token, refresh) = await TokensAsync("/auth/login", Credentials(plants.UserEmail, plants.Password));
        _token = token;
        await ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/auth/refresh", new JsonObject { ["refreshToken"] = plants.GarbageToken });
        (_token, refresh) = await TokensAsync("/auth/refresh", new JsonObject { ["refreshToken"] = refresh });
        await ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/programs", null, token: plants.GarbageToken);
        return refresh;
    }

    private async Task CreateAsync()
    {
        // Refused first: by a rule, by a type, by a name, by JSON itself.
        foreach (var broken in (string[])[$"{plants.BusinessNumber}x", "719-**-28037", $"{plants.Refused}"])
        {
            await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/api/organizations", plants.Organization(broken));
        }

        foreach (var field in (string[])["technologyReadinessLevel", "type", "primaryContactEmail", "website", "unknown", "establishedOn"])
        {
            var body = plants.Organization(plants.BusinessNumber);
            body[field] = plants.Refused;
            await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/api/organizations", body);
        }

        var text = plants.Organization(plants.BusinessNumber).ToJsonString();
        await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/api/organizations", text[..^20]);
        var organization = plants.Organization(plants.BusinessNumber).ToJsonString();
        var created = await ExpectAsync(HttpStatusCode.Created, "POST", "/api/organizations", organization, key: WriteName);
        Organization = created.Json["id"]!.GetValue<Guid>();
        await ExpectAsync(HttpStatusCode.Created, "POST", "/api/organizations", organization, key: WriteName);
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, "POST", "/api/organizations", plants.Organization(plants.BusinessDigits).ToJsonString(), key: WriteName);

        // The same number, in another spelling and of another user.
        await ExpectAsync(HttpStatusCode.OK, "POST", "/auth/register", Credentials(plants.OtherEmail, plants.Password));
        var (other, _) = await TokensAsync("/auth/login", Credentials(plants.OtherEmail, plants.Password));
        await ExpectAsync(HttpStatusCode.Conflict, "POST", "/api/organizations", organization, other, WriteName);
        await ExpectAsync(HttpStatusCode.Conflict, "POST", "/api/organizations", plants.Organization(plants.BusinessDigits), token: other);
        await ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/organizations/{Organization}", null, token: other);
    }

    private async Task ChangeAsync()
    {
        var path = $"/api/organizations/{Organization}";
        await ExpectAsync(HttpStatusCode.OK, "PATCH", path, new JsonObject { ["description"] = plants.Description, ["primaryContactName"] = plants.ContactName });
        foreach (var field in (string[])["primaryContactEmail", "website", "technologyReadinessLevel", "businessNumber", "unknown", "establishedOn", "regions"])
        {
            await ExpectAsync(HttpStatusCode.BadRequest, "PATCH", path, new JsonObject { [field] = plants.Refused });
        }

        await ExpectAsync(HttpStatusCode.BadRequest, "PATCH", path, $"{{\"description\":\"{plants.Refused}");
        await ExpectAsync(HttpStatusCode.BadRequest, "PATCH", path, $"\"{plants.Refused}\"");
    }

    private async Task ReadAsync()
    {
        for (var process = 0; process < site.Clients.Count * 2; process++)
        {
            var organization = await ExpectAsync(HttpStatusCode.OK, "GET", $"/api/organizations/{Organization}", null);
            Assert.Equal(plants.ContactName, organization.Json["profile"]!["primaryContactName"]!.GetValue<string>());
            await ExpectAsync(HttpStatusCode.OK, "GET", $"/api/organizations/{Organization}/matches", null);
            var matches = await ExpectAsync(HttpStatusCode.OK, "POST", $"/api/matches/generate?organizationId={Organization}&explain=true", null);
            await ExpectAsync(HttpStatusCode.OK, "GET", $"/api/matches/{matches.Json["matches"]![0]!["id"]}/explanation", null);
            var match = $"/api/matches/{matches.Json["matches"]![0]!["id"]}";
            await ExpectAsync(HttpStatusCode.OK, "PATCH", match, new JsonObject { ["saved"] = true });
            await ExpectAsync(HttpStatusCode.OK, "PATCH", match, new JsonObject { ["status"] = "APPLIED", ["note"] = plants.Note });
            foreach (var field in (string[])["saved", "status", "dismissalReason"])
            {
                await ExpectAsync(HttpStatusCode.BadRequest, "PATCH", match, new JsonObject { ["note"] = plants.Note, [field] = plants.Refused });
            }

            await ExpectAsync(HttpStatusCode.OK, "GET", $"{match}/history", null);
            await ExpectAsync(HttpStatusCode.OK, "GET", $"/api/organizations/{Organization}/outcomes", null);
            await ExpectAsync(HttpStatusCode.OK, "GET", $"/api/matches?organizationId={Organization}", null);
            var programs = await ExpectAsync(HttpStatusCode.OK, "GET", "/api/programs", null);
            await ExpectAsync(HttpStatusCode.OK, "GET", $"/api/programs/{programs.Json["items"]![0]!["id"]}", null);
        }
    }

    // Keys and refresh tokens, also where they do not belong.
    private async Task UseKeysAsync()
    {
        var keys = $"/api/organizations/{Organization}/keys";
        var made = await ExpectAsync(HttpStatusCode.Created, "POST", keys, new JsonObject { ["name"] = "reads", ["scope"] = "READ" });
        var first = Plant(made);
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/programs", null, first);
        await ExpectAsync(HttpStatusCode.Forbidden, "GET", keys, null, first);
        await ExpectAsync(HttpStatusCode.Conflict, "POST", keys, new JsonObject { ["name"] = "reads", ["scope"] = "READ" });
        var second = Plant(await ExpectAsync(HttpStatusCode.OK, "POST", $"{keys}/{made.Json["key"]!["id"]}/rotate", new JsonObject()));
        await ExpectAsync(HttpStatusCode.OK, "GET", $"/api/organizations/{Organization}", null, second);
        await ExpectAsync(HttpStatusCode.OK, "GET", keys, null);

        var altered = second[..^1] + (second[^1] == 'A' ? 'Q' : 'A');
        plants.Tokens.Add(altered);
        await ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/programs", null, altered);
        await MisplaceAsync(second);
        await ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"{keys}/{made.Json["key"]!["id"]}", null);
        await ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/programs", null, second);

        // Kept until the organization is deleted.
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/programs", null, Plant(
            await ExpectAsync(HttpStatusCode.Created, "POST", keys, new JsonObject { ["name"] = "writes", ["scope"] = "WRITE" })));
        var (_, refresh) = await TokensAsync("/auth/login", Credentials(plants.UserEmail, plants.Password));
        await ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/programs", null, refresh);
        await MisplaceAsync(refresh);
        await ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/auth/refresh", new JsonObject { ["refreshToken"] = second });
        await TokensAsync("/auth/refresh", new JsonObject { ["refreshToken"] = refresh });
        await ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/auth/refresh", new JsonObject { ["refreshToken"] = refresh });
    }

    private string Plant(AttackAnswer made)
    {
        var secret = made.Json["secret"]!.GetValue<string>();
        plants.Tokens.Add(secret);
        return secret;
    }

    // In the query, by other schemes, in other headers, in a body.
    private async Task MisplaceAsync(string secret)
    {
        (string Name, string Value)[][] headers = [[("Authorization", secret)], [("Authorization", $"ApiKey {secret}")],
            [("Authorization", $"Basic {secret}")], [("X-Api-Key", secret)], [("Cookie", $"token={secret}")]];
        foreach (var wrong in headers)
        {
            var answer = await SendAsync(new AttackRequest("GET", "/api/programs") { Headers = wrong });
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{wrong[0]}: {(int)answer.Status}");
        }

        foreach (var path in (string[])[$"/api/programs?access_token={secret}", $"/api/programs?q={secret}", $"/auth/confirmEmail?userId={secret}&code={secret}"])
        {
            var answer = await SendAsync(new AttackRequest("GET", path));
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{path}: {(int)answer.Status}");
        }

        await ExpectAsync(HttpStatusCode.BadRequest, "GET", $"/api/programs?cursor={secret}", null);
        await ExpectAsync(HttpStatusCode.BadRequest, "PATCH", $"/api/organizations/{Organization}", new JsonObject { [secret] = secret });
    }

    private async Task UseIdentityAsync(string refresh)
    {
        await ExpectAsync(HttpStatusCode.OK, "GET", "/auth/manage/info", null);
        await ExpectAsync(HttpStatusCode.OK, "POST", "/auth/manage/info", new JsonObject { ["newEmail"] = plants.NewEmail });
        await ExpectAsync(
            HttpStatusCode.BadRequest, "POST", "/auth/manage/info",
            new JsonObject { ["newPassword"] = plants.NewPassword, ["oldPassword"] = plants.WrongPassword });
        await ExpectAsync(
            HttpStatusCode.OK, "POST", "/auth/manage/info", new JsonObject { ["newPassword"] = plants.NewPassword, ["oldPassword"] = plants.Password });
        await ExpectAsync(HttpStatusCode.OK, "POST", "/auth/forgotPassword", new JsonObject { ["email"] = plants.UserEmail });
        await ExpectAsync(HttpStatusCode.OK, "POST", "/auth/resendConfirmationEmail", new JsonObject { ["email"] = plants.UserEmail });
        await ExpectAsync(
            HttpStatusCode.BadRequest, "POST", "/auth/resetPassword",
            new JsonObject { ["email"] = plants.UserEmail, ["resetCode"] = plants.GarbageToken, ["newPassword"] = plants.NewPassword });

        // Signed out everywhere by the new password.
        await ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/auth/refresh", new JsonObject { ["refreshToken"] = refresh });
        (_token, _) = await TokensAsync("/auth/login", Credentials(plants.UserEmail, plants.NewPassword));
    }

    private async Task AdministerAsync()
    {
        await ExpectAsync(HttpStatusCode.Forbidden, "GET", "/api/admin/cache", null);
        var administrator = (await site.SignInAsAdministratorAsync()).Token;
        plants.Tokens.Add(administrator);
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/admin/cache", null, administrator);
        var key = Plant(await ExpectAsync(
            HttpStatusCode.Created, "POST", "/api/admin/keys", new JsonObject { ["name"] = "watches", ["scope"] = "ADMIN_READ" }, administrator));
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/admin/cache", null, key);
        await ExpectAsync(HttpStatusCode.Forbidden, "POST", "/api/admin/cache/warm", null, key);
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/admin/scrapes", null, administrator);
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/admin/cache/warmings", null, administrator);
        await ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/admin/cache/warm", null, administrator);
        await ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/admin/scrapes", new JsonObject(), administrator);
        await ExpectAsync(HttpStatusCode.BadRequest, "POST", "/api/admin/scrapes", new JsonObject { ["agency"] = plants.Refused }, administrator);
        await ExpectAsync(HttpStatusCode.OK, "GET", "/api/admin/audit", null, administrator);
        await ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"/api/admin/cache/tags/org:{Organization}", null, administrator);
        await ReadAsync();
    }

    private static JsonObject Credentials(string email, string password) => new() { ["email"] = email, ["password"] = password };

    private async Task<(string Access, string Refresh)> TokensAsync(string path, JsonObject body)
    {
        var answer = await ExpectAsync(HttpStatusCode.OK, "POST", path, body);
        var tokens = (answer.Json["accessToken"]!.GetValue<string>(), answer.Json["refreshToken"]!.GetValue<string>());
        plants.Tokens.AddRange([tokens.Item1, tokens.Item2]);
        return tokens;
    }

    private Task<AttackAnswer> ExpectAsync(HttpStatusCode status, string method, string path, JsonNode? body, string? token = null) =>
        ExpectAsync(status, method, path, body?.ToJsonString(), token);

    private async Task<AttackAnswer> ExpectAsync(
        HttpStatusCode status, string method, string path, string? body, string? token = null, string? key = null)
    {
        var answer = await SendAsync(new AttackRequest(method, path)
        {
            Token = path.StartsWith("/auth/", StringComparison.Ordinal) && !path.StartsWith("/auth/manage", StringComparison.Ordinal) ? null : token ?? _token,
            Headers = key is null ? [] : [("Idempotency-Key", key)],
            Body = body is null ? null : Encoding.UTF8.GetBytes(body),
            MediaType = method == "PATCH" ? "application/merge-patch+json" : "application/json",
        });
        Assert.True(answer.Status == status, $"{method} {path} {body}: {(int)answer.Status} {answer.Body}");
        return answer;
    }

    private Task<AttackAnswer> SendAsync(AttackRequest request) => site.Clients[_requests++ % site.Clients.Count].SendAsync(request);
}
