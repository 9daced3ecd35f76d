using System.Text;
using System.Text.Json.Nodes;
using Connect.Domain.Organizations;

namespace Connect.Tests.Distributed.Security;

/// <summary>
/// Requests generated from the API's document: valid ones, with up to three parts made hostile. Each depends only on
/// the seed and its number, so one can be repeated without those before it.
/// </summary>
internal sealed class FuzzRequests(ApiDocument document, FuzzActors actors, int seed, Func<ApiOperation, bool>? isAsked = null)
{
    private const int LongestLine = 7_900;

    // Kestrel closes a connection on which more is left unread than the limit allows. Where the answer does not depend on the
    // body, the client then misses an answer that was given.
    private const int LargestUnread = 200 * 1024;

    // Each ends the caller's tokens, or the caller, and is sent by somebody who sends nothing else.
    private static readonly HashSet<string> Ending =
        ["POST /auth/logout", "POST /auth/logout-everywhere", "DELETE /auth/manage/account"];

    private readonly ApiOperation[] _operations = [.. document.Operations.Where(isAsked ?? (static _ => true))];

    // Each costs a password's hash.
    private const int NumbersPerHash = 500;

    public AttackRequest Make(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var operation = _operations[random.Next(_operations.Length)];
        var request = new AttackRequest(operation.Method, operation.ToAddress(parameter => ValueOf(operation, parameter, random)))
        {
            Token = Ending.Contains(operation.Name) ? Of(actors.Leavers, random).Token : random.Next(10) switch
            {
                < 2 => null,
                < 6 => actors.Member.Token,
                < 9 => actors.Administrator.Token,
                _ => Of(actors.Secrets, random),
            },
            MediaType = operation.MediaType,
        };
        if (operation.BodySchema is not null)
        {
            request = request with { Body = Bytes(MutateBody(operation, random, number)) };
        }

        for (var changes = random.Next(3); changes > 0; changes--)
        {
            request = Mutate(request, random);
        }

        return Spare(request.Body?.Length > LargestUnread && (operation.BodySchema is null || request.Method != operation.Method)
            ? request with { Body = null }
            : request);
    }

    private static AttackRequest Mutate(AttackRequest request, Random random) => random.Next(20) switch
    {
        < 6 when HostileTexts.Header(random) is var header => header.Name == "Authorization"
            ? request with { Token = null, Headers = [header] }
            : request with { Headers = [.. request.Headers, header] },
        < 8 => request with { MediaType = HostileTexts.Of(HostileTexts.MediaTypes, random) },
        < 10 => request with { Method = HostileTexts.Of(HostileTexts.Methods, random) },
        < 13 => WithLine(request, request.Path.Split('?')[0] + HostileTexts.Of(HostileTexts.Queries, random)),
        < 15 => WithLine(request, request.Path + (request.Path.Contains('?', StringComparison.Ordinal) ? '&' : '/') + HostileTexts.Of(HostileTexts.Segments, random)),
        < 17 => request with { Body = Bytes(HostileTexts.Of(HostileTexts.Bodies, random)) },
        _ when request.Body is { Length: > 1 } body => random.Next(2) == 0
            ? request with { Body = body[..random.Next(body.Length)] }
            : request with { Body = Broken(body, random) },
        _ => request,
    };

    private static AttackRequest WithLine(AttackRequest request, string line) => line.Length > LongestLine ? request : request with { Path = line };

    // Any byte becomes any other, so the body may be invalid UTF-8.
    private static byte[] Broken(byte[] body, Random random)
    {
        var broken = body.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
        }

        return broken;
    }

    private static byte[] Bytes(string body) => Encoding.UTF8.GetBytes(body.Replace(HostileTexts.LoneSurrogate, "\\ud800", StringComparison.Ordinal));

    private string? ValueOf(ApiOperation operation, ApiParameter parameter, Random random) => random.Next(3) switch
    {
        0 when parameter.In == "path" => HostileTexts.Of(HostileTexts.Segments, random),
        0 => HostileTexts.Of(HostileTexts.QueryValues, random),
        1 when !parameter.IsRequired => null,
        _ => (parameter.Name, operation.Path) switch
        {
            ("id", _) when operation.Path.StartsWith("/api/programs", StringComparison.Ordinal) => $"{actors.Program}",
            ("id", _) when operation.Path.StartsWith("/api/matches", StringComparison.Ordinal) => $"{actors.Match}",
            ("id", "/auth/manage/sessions/{id}") => $"{Of(actors.Sessions, random)}",
            ("id", "/api/admin/organizations/{id}/restore") => $"{Of(actors.Organizations, random)}",
            ("id", "/api/organizations/{id}") when operation.Method == "DELETE" => $"{Of(actors.Organizations, random)}",
            ("id" or "organizationId", _) => $"{actors.Member.Organization}",
            ("keyId", _) => $"{Of(operation.Path.StartsWith("/api/admin", StringComparison.Ordinal) ? actors.AdministratorsKeys : actors.Keys, random).Id}",
            ("userId", "/api/organizations/{id}/members/{userId}") => $"{Of(actors.Colleagues, random)}",
            ("invitationId", _) => $"{Of(actors.Invitations, random)}",
            ("tag", _) => $"org:{actors.Member.Organization}",
            // A list is a parameter that may be repeated.
            _ => document.Example(parameter.Schema, _ => null) is var value && value is JsonArray items ? items[0]?.ToString() : value?.ToString(),
        },
    };

    private string MutateBody(ApiOperation operation, Random random, int number)
    {
        if (document.Example(operation.BodySchema, name => Known(operation, name, number, random), withOptional: random.Next(2) == 0) is not JsonObject body)
        {
            return "{}";
        }

        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var name = body.Count > 0 && random.Next(10) > 0 ? body.ElementAt(random.Next(body.Count)).Key : "unknown";
            switch (random.Next(12))
            {
                case 0:
                    body.Remove(name);
                    break;
                case 1:
                    body[name] = null;
                    break;
                case 2:
                    body[name] = JsonNode.Parse(HostileTexts.Of(HostileTexts.Numbers, random));
                    break;
                case 3:
                    body[name] = random.Next(2) == 0 ? new JsonArray() : new JsonObject();
                    break;
                case 4:
                    body[name] = random.Next(2) == 0;
                    break;
                case 5:
                    body[name] = new JsonArray(HostileTexts.Of(HostileTexts.Values, random), null, 1, new JsonObject());
                    break;
                case 6:
                    body[name] = new JsonArray(HostileTexts.Of(HostileTexts.Values, random), HostileTexts.Of(HostileTexts.Values, random));
                    break;
                default:
                    body[name] = HostileTexts.Of(HostileTexts.Values, random);
                    break;
            }
        }

        var text = body.ToJsonString();

        // Twice the same name.
        return random.Next(20) == 0 && body.Count > 0 ? $"{{{text[1..^1]},{text[1..^1]}}}" : text;
    }

    private JsonNode? Known(ApiOperation operation, string property, int number, Random random) => property switch
    {
        "email" or "newEmail" => $"nobody{number}@example.com",
        "password" when operation.Name == "DELETE /auth/manage/account" => actors.Member.Password,
        "password" or "newPassword" or "oldPassword" => number % NumbersPerHash == 0 ? "Passw0rd!-1" : "x",
        "refreshToken" => Of(actors.Leavers, random).RefreshToken,
        "token" => Of(actors.InvitationTokens, random),
        "name" when operation.Path.EndsWith("/keys", StringComparison.Ordinal) => $"key {number}",
        "scope" when operation.Path == "/api/admin/keys" => random.Next(2) == 0 ? "ADMIN_READ" : "ADMIN_WRITE",
        "businessNumber" => BusinessNumber.Of(900_000_000 + number).ToString(),
        _ => null,
    };

    private static T Of<T>(IReadOnlyList<T> known, Random random) => known[random.Next(known.Count)];

    // Owners and administrators may delete; a deleted organization would not be attacked any more. What is below it may go.
    private AttackRequest Spare(AttackRequest request) => request.Method == "DELETE" && !IsBelow(request.Path)
        ? request with { Path = request.Path.Replace($"organizations/{actors.Member.Organization}", $"organizations/{actors.Program}", StringComparison.Ordinal) }
        : request;

    private static bool IsBelow(string path) => !path.Contains("..", StringComparison.Ordinal)
        && Array.Exists((string[])["/keys/", "/members/", "/invitations/"], folder => path.Contains(folder, StringComparison.Ordinal));
}
