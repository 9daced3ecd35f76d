using System.Globalization;
using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Api.Document;

/// <summary>
/// The writer of a value: a change that is harmless in requests may break responses, and the reverse.
/// </summary>
internal enum Side
{
    /// <summary>Consumers write: every value that was accepted must still be accepted.</summary>
    Request,

    /// <summary>The API writes: every field must still be there, without values that consumers do not know.</summary>
    Response,
}

/// <summary>Compares schemas for one side.</summary>
internal sealed class SchemaComparer(JsonObject oldDocument, JsonObject newDocument, List<Difference> found)
{
    private static readonly (string Keyword, bool IsUpper)[] Bounds =
    [
        ("maximum", true), ("maxLength", true), ("maxItems", true), ("minimum", false), ("minLength", false), ("minItems", false),
    ];

    private readonly HashSet<(Side, string?, string?)> _seen = [];

    /// <summary>The object that a reference means, or the node itself.</summary>
    public static JsonObject? Resolve(JsonObject document, JsonNode? node)
    {
        while (node is JsonObject reference && (string?)reference["$ref"] is { } path)
        {
            node = path.Split('/').Skip(1).Aggregate((JsonNode?)document, (current, step) => current?[step]);
        }

        return node as JsonObject;
    }

    public void Compare(Side side, string where, JsonNode? oldNode, JsonNode? newNode)
    {
        // A wrapper around a reference (nullable, a description) is not a type of its own.
        var (oldInner, newInner) = (Unwrap(oldNode), Unwrap(newNode));
        Loosen(side, where, IsNullable(oldNode), IsNullable(newNode), "can be null", "cannot be null");
        var (oldName, newName) = ((string?)oldInner?["$ref"], (string?)newInner?["$ref"]);
        if (oldName is not null && !_seen.Add((side, oldName, newName)))
        {
            return;
        }

        var (old, @new) = (Resolve(oldDocument, oldInner), Resolve(newDocument, newInner));
        if (old is null || @new is null)
        {
            if (old is not null || @new is not null)
            {
                Breaks(where, "is of another form");
            }

            return;
        }

        where = oldName is null ? where : $"{where} ({oldName.Split('/')[^1]})";
        CompareValue(where, old, @new, "type");
        CompareValue(where, old, @new, "format");
        CompareValue(where, old, @new, "default");
        CompareEnums(side, where, old["enum"] as JsonArray, @new["enum"] as JsonArray);
        ComparePatterns(side, where, (string?)old["pattern"], (string?)@new["pattern"]);
        foreach (var (keyword, isUpper) in Bounds)
        {
            CompareBounds(side, where, keyword, isUpper, old[keyword], @new[keyword]);
        }

        CompareProperties(side, where, old, @new);
        if (old["items"] is not null || @new["items"] is not null)
        {
            Compare(side, $"{where}[]", old["items"], @new["items"]);
        }

        CompareOthers(side, where, old["additionalProperties"], @new["additionalProperties"]);
        CompareValue(where, old, @new, "oneOf");
        CompareValue(where, old, @new, "anyOf");
    }

    private void CompareProperties(Side side, string where, JsonObject old, JsonObject @new)
    {
        var (olds, news) = (old["properties"] as JsonObject ?? [], @new["properties"] as JsonObject ?? []);
        var (oldRequired, newRequired) = (RequiredOf(old), RequiredOf(@new));
        foreach (var (name, property) in olds)
        {
            if (!news.ContainsKey(name))
            {
                Breaks(where, $"{name} is gone");
                continue;
            }

            Loosen(side, $"{where}.{name}", !oldRequired.Contains(name), !newRequired.Contains(name), "is optional", "is required");
            Compare(side, $"{where}.{name}", property, news[name]);
        }

        foreach (var name in news.Select(property => property.Key).Where(name => !olds.ContainsKey(name)))
        {
            var breaks = side == Side.Request && newRequired.Contains(name);
            Add(breaks, where, breaks ? $"{name} is new and required" : $"{name} is new");
        }
    }

    private void CompareEnums(Side side, string where, JsonArray? old, JsonArray? @new)
    {
        if (old is null || @new is null)
        {
            Loosen(side, where, old is null, @new is null, "takes any value", "takes certain values only");
            return;
        }

        var (olds, news) = (old.Select(value => value?.ToString()).ToList(), @new.Select(value => value?.ToString()).ToList());
        foreach (var value in olds.Except(news))
        {
            Add(side == Side.Request, where, $"the value {value} is gone");
        }

        foreach (var value in news.Except(olds))
        {
            Add(side == Side.Response, where, $"the value {value} is new");
        }
    }

    private void ComparePatterns(Side side, string where, string? old, string? @new)
    {
        if (old is not null && @new is not null && old != @new)
        {
            Breaks(where, $"pattern was {old} and is {@new}");
        }
        else
        {
            Loosen(side, where, old is null, @new is null, "has no pattern", "has a pattern");
        }
    }

    private void CompareBounds(Side side, string where, string keyword, bool isUpper, JsonNode? oldNode, JsonNode? newNode)
    {
        var unbounded = isUpper ? decimal.MaxValue : decimal.MinValue;
        var (old, @new) = (NumberOf(oldNode) ?? unbounded, NumberOf(newNode) ?? unbounded);
        if (old != @new)
        {
            var isLooser = isUpper ? @new > old : @new < old;
            Add(isLooser == (side == Side.Response), where, $"{keyword} was {oldNode?.ToString() ?? "none"} and is {newNode?.ToString() ?? "none"}");
        }
    }

    private void CompareOthers(Side side, string where, JsonNode? old, JsonNode? @new)
    {
        if (old is JsonObject && @new is JsonObject)
        {
            Compare(side, $"{where}{{}}", old, @new);
        }
        else if (side == Side.Request)
        {
            Loosen(side, where, !IsClosed(old), !IsClosed(@new), "takes other fields", "takes no other fields");
        }

        static bool IsClosed(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool isOpen) && !isOpen;
    }

    private void CompareValue(string where, JsonObject old, JsonObject @new, string keyword)
    {
        if (!JsonNode.DeepEquals(old[keyword], @new[keyword]))
        {
            Breaks(where, $"{keyword} was {old[keyword]?.ToJsonString() ?? "none"} and is {@new[keyword]?.ToJsonString() ?? "none"}");
        }
    }

    // A looser schema is harmless in a request and breaks readers of a response.
    private void Loosen(Side side, string where, bool wasLoose, bool isLoose, string loose, string tight)
    {
        if (wasLoose != isLoose)
        {
            Add(isLoose == (side == Side.Response), where, $"{(isLoose ? loose : tight)} now");
        }
    }

    private static JsonObject? Unwrap(JsonNode? node) =>
        node is JsonObject { } wrapper && wrapper["allOf"] is JsonArray { Count: 1 } inner ? inner[0] as JsonObject : node as JsonObject;

    private static bool IsNullable(JsonNode? node) => (bool?)node?["nullable"] == true;

    private static HashSet<string> RequiredOf(JsonObject schema) => [.. (schema["required"] as JsonArray ?? []).Select(name => name!.ToString())];

    private static decimal? NumberOf(JsonNode? node) => node is null ? null : decimal.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private void Add(bool breaks, string where, string what) => found.Add(new(breaks ? DifferenceKind.Breaks : DifferenceKind.Adds, where, what));

    private void Breaks(string where, string what) => Add(breaks: true, where, what);
}
