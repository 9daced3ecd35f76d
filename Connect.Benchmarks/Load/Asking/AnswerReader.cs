using System.Net;
using System.Text;
using System.Text.Json;
using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load.Asking;

/// <summary>
/// Checks an answer: the expected status, and the caller's own content. Every other status is an error, so that a fast
/// refusal does not count as a fast answer.
/// </summary>
internal static class AnswerReader
{
    private const int Shown = 200;

    private static readonly string[] Caches = ["memory", "redis", "miss", "memory; stale", "miss; stale"];

    public static LoadFinding Read(LoadAsk ask, Guid organization, LoadAnswer answer)
    {
        if (answer.Status == (int)HttpStatusCode.NotModified)
        {
            return Confirmed(ask, answer) is { } problem ? Wrong(ask, problem) : LoadFinding.Nothing;
        }

        if (answer.Status != (int)HttpStatusCode.OK)
        {
            return Wrong(ask, $"answered {answer.Status}: {Start(answer)}");
        }

        if (ask.Action is LoadAction.Matches or LoadAction.Generate or LoadAction.Explanation && !Caches.Contains(answer.Cache))
        {
            return Wrong(ask, $"does not say where the answer comes from, but '{answer.Cache}'");
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return Read(ask, organization, document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Wrong(ask, $"is of another form ({exception.Message}): {Start(answer)}");
        }
    }

    private static string? Confirmed(LoadAsk ask, LoadAnswer answer) => ask switch
    {
        { KnownTag: null } => "answered 304 to a request without a tag",
        { IsOverruled: true } => "confirmed what the caller has changed since",
        _ when answer.Tag is { } tag && tag != ask.KnownTag => "confirmed another tag than the caller's",
        _ => null,
    };

    private static LoadFinding Read(LoadAsk ask, Guid organization, JsonElement root)
    {
        switch (ask.Action)
        {
            case LoadAction.Matches or LoadAction.Generate:
                var matches = Ids(root.GetProperty("matches"));
                return !Is(root, "organizationId", organization) ? Wrong(ask, "is another organization's")
                    : matches.IsEmpty && root.GetProperty("message").GetString() is null ? Wrong(ask, "has no match and no word why")
                    : new(null, matches);
            case LoadAction.Programs:
                var programs = Ids(root.GetProperty("items"));
                return programs.IsEmpty ? Wrong(ask, "lists no program") : new(null, programs);
            case LoadAction.Program:
                return Is(root.GetProperty("summary"), "id", ask.Subject) ? LoadFinding.Nothing : Wrong(ask, "is another program");
            case LoadAction.Stored:
                var items = root.GetProperty("items");
                return items.EnumerateArray().All(item => Is(item, "organizationId", organization))
                    ? new(null, Ids(items))
                    : Wrong(ask, "has another organization's match");
            case LoadAction.Explanation:
                return !Is(root, "matchId", ask.Subject) || !Is(root, "organizationId", organization) ? Wrong(ask, "explains another match")
                    : string.IsNullOrWhiteSpace(root.GetProperty("text").GetString()) ? Wrong(ask, "says nothing")
                    : LoadFinding.Nothing;
            case LoadAction.Mark:
                return !Is(root, "id", ask.Subject) || !Is(root, "organizationId", organization) ? Wrong(ask, "is another match")
                    : Has(root, ask.Patch!) ? LoadFinding.Nothing : Wrong(ask, "is not marked as it was asked for");
            default:
                return !Is(root, "id", organization) ? Wrong(ask, "is another organization")
                    : Has(root.GetProperty("profile"), ask.Patch!) ? LoadFinding.Nothing : Wrong(ask, "is not what it was changed to");
        }
    }

    private static bool Is(JsonElement element, string name, Guid id) => element.GetProperty(name).GetGuid() == id;

    private static bool Has(JsonElement element, string patch)
    {
        using var wanted = JsonDocument.Parse(patch);
        return wanted.RootElement.EnumerateObject().All(field =>
            element.TryGetProperty(field.Name, out var value) && JsonElement.DeepEquals(value, field.Value));
    }

    private static ImmutableArray<Guid> Ids(JsonElement items) => [.. items.EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private static LoadFinding Wrong(LoadAsk ask, string problem) => new($"{ask.Method} {ask.Path} {problem}", []);

    private static string Start(LoadAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(Shown, answer.Body.Length)]);
}
