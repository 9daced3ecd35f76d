using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Api.Document;

public sealed class DocumentComparerTests
{
    private const string Thing = "components schemas Thing";
    private const string NewThing = "components schemas NewThing";
    private const string List = "paths /things get";
    private const string Create = "paths /things post";

    private const string Document = """
        {
          "servers": [{ "url": "/" }],
          "paths": {
            "/things": {
              "get": {
                "operationId": "ListThings",
                "summary": "Things.",
                "parameters": [
                  { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 100, "default": 20 } },
                  { "name": "kind", "in": "query", "schema": { "$ref": "#/components/schemas/Kind" } },
                  { "name": "owner", "in": "query", "required": true, "schema": { "type": "string", "format": "uuid" } }
                ],
                "responses": {
                  "200": {
                    "headers": { "ETag": { "schema": { "type": "string" } } },
                    "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Thing" } } } }
                  },
                  "404": { "$ref": "#/components/responses/NotFound" }
                }
              },
              "post": {
                "operationId": "CreateThing",
                "security": [{ "bearer": [] }],
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewThing" } } } },
                "responses": { "201": { "description": "Created." } }
              },
              "delete": { "operationId": "DeleteThings", "responses": { "204": { "description": "Deleted." } } }
            }
          },
          "components": {
            "responses": {
              "NotFound": { "content": { "application/problem+json": { "schema": { "type": "object", "properties": { "title": { "type": "string" } } } } } }
            },
            "schemas": {
              "Kind": { "type": "string", "enum": ["BIG", "SMALL"] },
              "Thing": {
                "type": "object",
                "required": ["id", "kind"],
                "properties": {
                  "id": { "type": "string", "format": "uuid" },
                  "kind": { "allOf": [{ "$ref": "#/components/schemas/Shape" }], "description": "Its shape." },
                  "price": { "type": "string", "pattern": "^[0-9]+$", "nullable": true },
                  "parent": { "$ref": "#/components/schemas/Thing" }
                }
              },
              "Shape": { "type": "string", "enum": ["ROUND", "FLAT"] },
              "NewThing": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": false,
                "properties": {
                  "name": { "type": "string", "maxLength": 20 },
                  "note": { "type": "string", "nullable": true },
                  "tags": { "type": "array", "maxItems": 5, "items": { "type": "string" } }
                }
              }
            },
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } }
          }
        }
        """;

    [Theory]
    [InlineData("paths /things", null, "the operation is gone")]
    [InlineData("paths /things delete", null, "the operation is gone")]
    [InlineData($"{List} operationId", "\"GetThings\"", "operationId was ListThings")]
    [InlineData($"{List} security", "[{ \"bearer\": [] }]", "needs a token now")]
    [InlineData($"{Create} security", "[{ \"other\": [] }]", "another token")]
    [InlineData("components securitySchemes bearer scheme", "\"basic\"", "securitySchemes is another")]
    [InlineData("servers 0 url", "\"/v2\"", "servers is another")]
    [InlineData($"{List} parameters 0", null, "query parameter limit is gone")]
    [InlineData($"{List} parameters 0 required", "true", "is required now")]
    [InlineData($"{List} parameters 0 in", "\"header\"", "query parameter limit is gone")]
    [InlineData($"{List} parameters 0 schema maximum", "50", "maximum was 100 and is 50")]
    [InlineData($"{List} parameters 0 schema minimum", "2", "minimum was 1 and is 2")]
    [InlineData($"{List} parameters 0 schema default", "10", "default was 20 and is 10")]
    [InlineData($"{List} parameters 0 schema type", "\"string\"", "type was \"integer\"")]
    [InlineData($"{List} parameters 2 schema format", "\"date\"", "format was \"uuid\"")]
    [InlineData($"{List} parameters 3", "{ \"name\": \"x\", \"in\": \"query\", \"required\": true }", "x is new and required")]
    [InlineData("components schemas Kind enum", "[\"BIG\"]", "the value SMALL is gone")]
    [InlineData($"{Create} requestBody", null, "the body is gone")]
    [InlineData($"{Create} requestBody required", "true", "is required now")]
    [InlineData($"{List} requestBody", "{ \"required\": true, \"content\": {} }", "a body is required now")]
    [InlineData($"{Create} requestBody content", "{ \"text/xml\": {} }", "application/json is gone")]
    [InlineData($"{NewThing} required", "[\"name\", \"note\"]", "is required now")]
    [InlineData($"{NewThing} required", "[\"name\", \"colour\"]", "colour is new and required", $"{NewThing} properties colour", "{ \"type\": \"string\" }")]
    [InlineData($"{NewThing} properties note", null, "note is gone")]
    [InlineData($"{NewThing} properties note nullable", null, "cannot be null now")]
    [InlineData($"{NewThing} properties note enum", "[\"A\"]", "takes certain values only")]
    [InlineData($"{NewThing} properties note pattern", "\"^A\"", "has a pattern now")]
    [InlineData($"{NewThing} properties name maxLength", "10", "maxLength was 20 and is 10")]
    [InlineData($"{NewThing} properties note minLength", "1", "minLength was none and is 1")]
    [InlineData($"{NewThing} properties tags items type", "\"integer\"", "type was \"string\"")]
    [InlineData($"{List} responses 200", null, "the response 200 is gone")]
    [InlineData($"{List} responses 404", null, "the response 404 is gone")]
    [InlineData($"{List} responses 200 headers ETag", null, "ETag is gone")]
    [InlineData($"{List} responses 200 content", "{ \"text/csv\": {} }", "application/json is gone")]
    [InlineData("components responses NotFound content application/problem+json schema properties title", null, "title is gone")]
    [InlineData($"{Thing} properties price", null, "price is gone")]
    [InlineData($"{Thing} properties price type", "\"number\"", "type was \"string\"")]
    [InlineData($"{Thing} properties price pattern", null, "has no pattern now")]
    [InlineData($"{Thing} properties price pattern", "\"^A\"", "pattern was")]
    [InlineData($"{Thing} properties id format", null, "format was \"uuid\" and is none")]
    [InlineData($"{Thing} properties id nullable", "true", "can be null now")]
    [InlineData($"{Thing} properties kind nullable", "true", "can be null now")]
    [InlineData($"{Thing} properties kind allOf", "[{ \"$ref\": \"#/components/schemas/Kind\" }]", "the value BIG is new")]
    [InlineData($"{Thing} required", "[\"id\"]", "is optional now")]
    [InlineData("components schemas Shape enum", "[\"ROUND\", \"FLAT\", \"BENT\"]", "the value BENT is new")]
    [InlineData("components schemas Shape enum", null, "takes any value")]
    public void Break_is_found(string path, string? value, string says, string? also = null, string? alsoValue = null)
    {
        var differences = Compare(path, value, also, alsoValue);

        Assert.Contains(differences, difference => difference.Kind == DifferenceKind.Breaks
            && difference.ToString().Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("paths /other", "{ \"get\": { \"operationId\": \"Other\", \"responses\": {} } }", "is new")]
    [InlineData($"{Create} security", null, "needs no token any more")]
    [InlineData($"{List} parameters 3", "{ \"name\": \"x\", \"in\": \"query\" }", "x is new and optional")]
    [InlineData($"{List} parameters 2 required", null, "is optional now")]
    [InlineData($"{List} parameters 0 schema maximum", "200", "maximum was 100 and is 200")]
    [InlineData($"{List} parameters 0 schema minimum", null, "minimum was 1 and is none")]
    [InlineData("components schemas Kind enum", "[\"BIG\", \"SMALL\", \"TINY\"]", "the value TINY is new")]
    [InlineData($"{List} requestBody", "{ \"content\": {} }", "a body can be sent now")]
    [InlineData($"{Create} requestBody content text/xml", "{}", "text/xml is new")]
    [InlineData($"{NewThing} required", "[]", "is optional now")]
    [InlineData($"{NewThing} properties colour", "{ \"type\": \"string\" }", "colour is new")]
    [InlineData($"{NewThing} properties name nullable", "true", "can be null now")]
    [InlineData($"{NewThing} properties name maxLength", "30", "maxLength was 20 and is 30")]
    [InlineData($"{NewThing} additionalProperties", null, "takes other fields now")]
    [InlineData($"{List} responses 409", "{ \"description\": \"Conflict.\" }", "the response 409 is new")]
    [InlineData($"{List} responses 200 headers X-Cache", "{}", "X-Cache is new")]
    [InlineData($"{List} responses 200 content text/csv", "{}", "text/csv is new")]
    [InlineData($"{Thing} properties colour", "{ \"type\": \"string\" }", "colour is new")]
    [InlineData($"{Thing} required", "[\"id\", \"kind\", \"price\"]", "is required now")]
    [InlineData($"{Thing} properties price nullable", null, "cannot be null now")]
    [InlineData("components schemas Shape enum", "[\"ROUND\"]", "the value FLAT is gone")]
    [InlineData("components schemas Unused", "{}", "what no consumer reads")]
    public void Addition_passes(string path, string? value, string says)
    {
        var differences = Compare(path, value);

        Assert.Contains(differences, difference => difference.Kind == DifferenceKind.Adds
            && difference.ToString().Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(differences, difference => difference.Kind == DifferenceKind.Breaks);
    }

    [Theory]
    [InlineData($"{List} summary", "\"All things.\"")]
    [InlineData($"{List} description", "\"Long.\"")]
    [InlineData($"{Create} responses 201 description", "\"Made.\"")]
    [InlineData($"{Thing} properties kind description", "\"The shape.\"")]
    [InlineData($"{Thing} example", "{ \"id\": \"a\" }")]
    [InlineData("info", "{ \"version\": \"2\" }")]
    public void Changes_of_wording_are_kept_apart(string path, string value) =>
        Assert.All(Compare(path, value), difference => Assert.Equal(DifferenceKind.Words, difference.Kind));

    [Fact]
    public void Equal_documents_have_no_difference_whatever_the_order() => Assert.Empty(DocumentComparer.Compare(
        JsonNode.Parse("""{ "paths": {}, "info": { "title": "a", "version": "1" } }""")!.AsObject(),
        JsonNode.Parse("""{ "info": { "version": "1", "title": "a" }, "paths": {} }""")!.AsObject()));

    private static IReadOnlyList<Difference> Compare(string path, string? value, string? also = null, string? alsoValue = null)
    {
        var changed = JsonNode.Parse(Document)!.AsObject();
        Set(changed, path, value);
        if (also is not null)
        {
            Set(changed, also, alsoValue);
        }

        return DocumentComparer.Compare(JsonNode.Parse(Document)!.AsObject(), changed);
    }

    // Puts a value at a place, or takes away what is there.
    private static void Set(JsonNode document, string path, string? value)
    {
        var steps = path.Split(' ');
        var parent = steps[..^1].Aggregate(document, (node, step) => int.TryParse(step, out var index) && node is JsonArray ? node[index]! : node[step]!);
        if (parent is JsonArray array)
        {
            var at = int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture);
            if (at < array.Count)
            {
                array.RemoveAt(at);
            }

            if (value is not null)
            {
                array.Insert(at, JsonNode.Parse(value));
            }
        }
        else if (value is null)
        {
            Assert.True(parent.AsObject().Remove(steps[^1]), path);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }
    }
}
