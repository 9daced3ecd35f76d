using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed.Security;

/// <summary>A parameter as the document describes it.</summary>
internal sealed record ApiParameter(string Name, string In, bool IsRequired, JsonNode? Schema);

/// <summary>An operation as the document describes it.</summary>
internal sealed record ApiOperation(
    string Method, string Path, IReadOnlyList<ApiParameter> Parameters, JsonNode? BodySchema, string MediaType)
{
    /// <summary>As in the table of rules: <c>GET /api/programs</c>.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>The address with these values; parameters of the query without one are left out.</summary>
    public string ToAddress(Func<ApiParameter, string?> valueOf)
    {
        var address = Path;
        var query = "";
        foreach (var parameter in Parameters.Where(parameter => parameter.In is "path" or "query"))
        {
            var value = valueOf(parameter);
            if (parameter.In == "path")
            {
                address = address.Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal);
            }
            else if (value is not null)
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{parameter.Name}={value}";
            }
        }

        return address + query;
    }
}

/// <summary>The OpenAPI document of a running API, whose operations are attacked.</summary>
internal sealed class ApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete", "head", "options"];

    private readonly JsonNode _document;

    private ApiDocument(JsonNode document)
    {
        _document = document;
        Operations =
        [
            .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
                .Where(operation => Methods.Contains(operation.Key))
                .Select(operation => ReadOperation(path.Key, operation.Key, path.Value!, operation.Value!))),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDocument> ReadAsync(AttackClient client) => new((await client.GetAsync("/openapi/v1.json")).Json);

    /// <summary>The schema itself where it is referred to, and the one that is not null where there are two.</summary>
    public JsonNode? Resolve(JsonNode? schema)
    {
        for (var depth = 0; schema is not null && depth < 20; depth++)
        {
            if (schema["$ref"]?.GetValue<string>() is { } reference)
            {
                schema = Follow(reference);
            }
            else if ((schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"]) is JsonArray choices)
            {
                schema = choices.FirstOrDefault(choice => choice!["type"]?.ToString() != "null");
            }
            else
            {
                break;
            }
        }

        return schema;
    }

    /// <summary>The type that is not null.</summary>
    public static string? TypeOf(JsonNode? schema) => schema?["type"] switch
    {
        JsonArray types => types.Select(type => type!.GetValue<string>()).FirstOrDefault(type => type != "null"),
        JsonValue type => type.GetValue<string>(),
        _ => null,
    };

    /// <summary>
    /// A valid value: the known one of this name, else an example, else the smallest that the schema allows.
    /// </summary>
    public JsonNode? Example(JsonNode? schema, Func<string, JsonNode?> known, bool withOptional = false)
    {
        var resolved = Resolve(schema);
        switch (TypeOf(resolved))
        {
            case "object":
                var required = resolved!["required"] is JsonArray names ? [.. names.Select(name => name!.GetValue<string>())] : new HashSet<string>();
                return new JsonObject((resolved["properties"] as JsonObject ?? [])
                    .Where(property => withOptional || required.Contains(property.Key))
                    .Select(property => KeyValuePair.Create(property.Key, known(property.Key) ?? Example(property.Value, known, withOptional))));
            case "array":
                return Example(resolved!["items"], known, withOptional) is { } item ? new JsonArray(item) : [];
            case "integer" or "number":
                return (resolved!["minimum"] ?? 1).DeepClone();
            case "boolean":
                return true;
            default:
                return ExampleOfText(resolved);
        }
    }

    private static JsonNode? ExampleOfText(JsonNode? schema)
    {
        if (schema is null)
        {
            return new JsonObject();
        }

        return (schema["enum"] as JsonArray)?[0]?.DeepClone() ?? schema["format"]?.ToString() switch
        {
            "uuid" => Guid.CreateVersion7().ToString(),
            "date" => "2020-01-31",
            "date-time" => "2026-12-31T18:00:00+09:00",
            "uri" => "https://example.com/",
            "email" => "somebody@example.com",
            _ when TypeOf(schema) == "string" => "words",
            _ => new JsonObject(),
        };
    }

    private JsonNode? Follow(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)_document, (node, name) => node?[name]);

    private ApiOperation ReadOperation(string path, string method, JsonNode shared, JsonNode operation)
    {
        var parameters = new[] { shared["parameters"], operation["parameters"] }.OfType<JsonArray>().SelectMany(list => list)
            .Select(parameter => Resolve(parameter)!)
            .Select(parameter => new ApiParameter(
                parameter["name"]!.GetValue<string>(), parameter["in"]!.GetValue<string>(),
                parameter["required"]?.GetValue<bool>() ?? false, parameter["schema"]));
        var content = (Resolve(operation["requestBody"])?["content"] as JsonObject)?.FirstOrDefault();
        return new ApiOperation(
            method.ToUpperInvariant(), path, [.. parameters], content?.Value?["schema"], content?.Key ?? "application/json");
    }
}
