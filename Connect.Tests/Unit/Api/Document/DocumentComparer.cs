using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Api.Document;

/// <summary>
/// Compares two OpenAPI documents as their consumers do: those who wrote against the first, and those whose client was
/// generated from it.
/// </summary>
public sealed class DocumentComparer
{
    private static readonly HashSet<string> Texts = ["description", "summary", "example", "examples", "info", "tags"];

    private readonly JsonObject _old;
    private readonly JsonObject _new;
    private readonly List<Difference> _found = [];
    private readonly SchemaComparer _schemas;

    private DocumentComparer(JsonObject old, JsonObject @new)
    {
        (_old, _new) = (old, @new);
        _schemas = new SchemaComparer(old, @new, _found);
    }

    /// <summary>All differences; none where the documents are equal.</summary>
    public static IReadOnlyList<Difference> Compare(JsonObject old, JsonObject @new)
    {
        if (JsonNode.DeepEquals(old, @new))
        {
            return [];
        }

        var comparer = new DocumentComparer(old, @new);
        comparer.CompareOperations();
        comparer.CompareWhole("servers");
        comparer.CompareWhole("components/securitySchemes");
        comparer.FindWords("", old, @new, isText: false);
        return comparer._found is { Count: > 0 } found ? found : [new(DifferenceKind.Adds, "document", "differs in what no consumer reads")];
    }

    /// <summary>The operations by method and path, such as <c>GET /api/programs</c>.</summary>
    public static IReadOnlyDictionary<string, JsonObject> OperationsOf(JsonObject document) => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => (Key: $"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value)))
        .ToDictionary(operation => operation.Key, operation => operation.Value!.AsObject());

    private void CompareOperations()
    {
        var (olds, news) = (OperationsOf(_old), OperationsOf(_new));
        foreach (var (name, operation) in olds)
        {
            if (news.TryGetValue(name, out var other))
            {
                Compare(name, operation, other);
            }
            else
            {
                Breaks(name, "the operation is gone");
            }
        }

        foreach (var name in news.Keys.Except(olds.Keys))
        {
            Adds(name, "is new");
        }
    }

    private void Compare(string where, JsonObject old, JsonObject @new)
    {
        var (oldId, newId) = ((string?)old["operationId"], (string?)@new["operationId"]);
        if (oldId != newId)
        {
            Breaks(where, $"operationId was {oldId} and is {newId}");
        }

        var (wasSecured, isSecured) = (old["security"] is JsonArray { Count: > 0 }, @new["security"] is JsonArray { Count: > 0 });
        if (wasSecured != isSecured)
        {
            Add(isSecured, where, isSecured ? "security: needs a token now" : "security: needs no token any more");
        }
        else if (wasSecured && !JsonNode.DeepEquals(old["security"], @new["security"]))
        {
            Breaks(where, "security: needs another token");
        }

        CompareParameters(where, old, @new);
        CompareBodies(where, Resolve(_old, old["requestBody"]), Resolve(_new, @new["requestBody"]));
        CompareResponses(where, old, @new);
    }

    private void CompareParameters(string where, JsonObject old, JsonObject @new)
    {
        var (olds, news) = (ParametersOf(_old, old), ParametersOf(_new, @new));
        foreach (var (name, parameter) in olds)
        {
            if (!news.TryGetValue(name, out var other))
            {
                Breaks(where, $"{name} is gone");
                continue;
            }

            CompareRequired($"{where} {name}", IsRequired(parameter), IsRequired(other));
            _schemas.Compare(Side.Request, $"{where} {name}", parameter["schema"], other["schema"]);
        }

        foreach (var (name, parameter) in news.Where(parameter => !olds.ContainsKey(parameter.Key)))
        {
            Add(IsRequired(parameter), where, IsRequired(parameter) ? $"{name} is new and required" : $"{name} is new and optional");
        }
    }

    private void CompareBodies(string where, JsonObject? old, JsonObject? @new)
    {
        if (old is null || @new is null)
        {
            if (old is not null)
            {
                Breaks(where, "the body is gone");
            }
            else if (@new is not null)
            {
                Add(IsRequired(@new), where, IsRequired(@new) ? "a body is required now" : "a body can be sent now");
            }

            return;
        }

        CompareRequired($"{where} body", IsRequired(old), IsRequired(@new));
        CompareContents(Side.Request, $"{where} body", old, @new);
    }

    private void CompareResponses(string where, JsonObject old, JsonObject @new)
    {
        var (olds, news) = (old["responses"]!.AsObject(), @new["responses"]!.AsObject());
        foreach (var (status, response) in olds)
        {
            if (Resolve(_new, news[status]) is not { } other)
            {
                Breaks(where, $"the response {status} is gone");
                continue;
            }

            var own = Resolve(_old, response)!;
            CompareNames($"{where} {status} header", own["headers"] as JsonObject, other["headers"] as JsonObject);
            CompareContents(Side.Response, $"{where} {status}", own, other);
        }

        foreach (var status in news.Select(response => response.Key).Where(status => !olds.ContainsKey(status)))
        {
            Adds(where, $"the response {status} is new");
        }
    }

    private void CompareContents(Side side, string where, JsonObject old, JsonObject @new)
    {
        var (olds, news) = (old["content"] as JsonObject, @new["content"] as JsonObject);
        CompareNames($"{where} media type", olds, news);
        foreach (var (type, media) in olds ?? [])
        {
            if (news?[type] is { } other)
            {
                _schemas.Compare(side, where, media!["schema"], other["schema"]);
            }
        }
    }

    private void CompareNames(string where, JsonObject? old, JsonObject? @new)
    {
        var (olds, news) = ((old ?? []).Select(entry => entry.Key).ToList(), (@new ?? []).Select(entry => entry.Key).ToList());
        olds.Except(news).ToList().ForEach(name => Breaks(where, $"{name} is gone"));
        news.Except(olds).ToList().ForEach(name => Adds(where, $"{name} is new"));
    }

    private void CompareRequired(string where, bool old, bool @new)
    {
        if (old != @new)
        {
            Add(@new, where, @new ? "is required now" : "is optional now");
        }
    }

    private void CompareWhole(string path)
    {
        var (old, @new) = ((JsonNode?)_old, (JsonNode?)_new);
        foreach (var step in path.Split('/'))
        {
            (old, @new) = (old?[step], @new?[step]);
        }

        if (!JsonNode.DeepEquals(old, @new))
        {
            Breaks("document", $"{path} is another");
        }
    }

    private void FindWords(string where, JsonNode? old, JsonNode? @new, bool isText)
    {
        if (old is JsonObject oldObject && @new is JsonObject newObject)
        {
            foreach (var name in oldObject.Select(entry => entry.Key).Union(newObject.Select(entry => entry.Key)))
            {
                // A field of a schema can have the name of a text.
                var isTextual = isText || (Texts.Contains(name) && !where.EndsWith("/properties", StringComparison.Ordinal));
                FindWords($"{where}/{name}", oldObject[name], newObject[name], isTextual);
            }
        }
        else if (old is JsonArray oldArray && @new is JsonArray newArray && oldArray.Count == newArray.Count && !isText)
        {
            for (var index = 0; index < oldArray.Count; index++)
            {
                FindWords($"{where}/{index}", oldArray[index], newArray[index], isText);
            }
        }
        else if (isText && !JsonNode.DeepEquals(old, @new))
        {
            _found.Add(new(DifferenceKind.Words, where, "reads differently"));
        }
    }

    private static Dictionary<string, JsonObject> ParametersOf(JsonObject document, JsonObject operation) =>
        (operation["parameters"] as JsonArray ?? []).Select(parameter => Resolve(document, parameter)!)
        .ToDictionary(parameter => $"{parameter["in"]} parameter {parameter["name"]}");

    private static JsonObject? Resolve(JsonObject document, JsonNode? node) => SchemaComparer.Resolve(document, node);

    private static bool IsRequired(JsonObject node) => (bool?)node["required"] == true;

    private void Add(bool breaks, string where, string what) => _found.Add(new(breaks ? DifferenceKind.Breaks : DifferenceKind.Adds, where, what));

    private void Breaks(string where, string what) => Add(breaks: true, where, what);

    private void Adds(string where, string what) => Add(breaks: false, where, what);
}
