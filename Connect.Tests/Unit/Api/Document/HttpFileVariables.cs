using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connect.Tests.Unit.Api.Document;

/// <summary>Fills the variables of an <c>.http</c> file as an editor would.</summary>
public sealed partial class HttpFileVariables(IReadOnlyDictionary<string, string> own)
{
    private readonly Dictionary<string, JsonNode?> _bodies = [];

    /// <summary>Keeps what a named request sent and received.</summary>
    public void Keep(string name, string? request, JsonNode? response)
    {
        _bodies[$"{name}.request.body"] = request is null ? null : JsonNode.Parse(request);
        _bodies[$"{name}.response.body"] = response;
    }

    /// <summary>The text with its variables filled.</summary>
    /// <exception cref="InvalidOperationException">There is no such variable, or it has no value yet.</exception>
    public string Fill(string text) => Reference().Replace(text, match => ValueOf(match.Groups[1].Value));

    private string ValueOf(string reference)
    {
        if (own.TryGetValue(reference, out var value))
        {
            return Fill(value);
        }

        if (reference == "$guid")
        {
            return Guid.NewGuid().ToString();
        }

        if (RandomInt().Match(reference) is { Success: true } range)
        {
            return Random.Shared.Next(Number(range.Groups[1]), Number(range.Groups[2])).ToString(CultureInfo.InvariantCulture);
        }

        var parts = reference.Split(".$.", 2);
        return parts.Length == 2 && _bodies.TryGetValue(parts[0], out var body) && Walk(body, parts[1]) is { } found
            ? found.ToString()
            : throw new InvalidOperationException($"There is no {reference}.");
    }

    // items[0].id
    private static JsonNode? Walk(JsonNode? node, string path) => Step().Matches(path).Aggregate(
        node, (current, step) => step.Groups[2].Success ? (current as JsonArray)?.ElementAtOrDefault(Number(step.Groups[2])) : current?[step.Value]);

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\$randomInt (\d+) (\d+)$")]
    private static partial Regex RandomInt();

    [GeneratedRegex(@"(\w+)|\[(\d+)\]")]
    private static partial Regex Step();
}
