using System.Text.Json.Nodes;
using Connect.Tests.Unit.Api.Document;
using NJsonSchema;
using NSwag;

namespace Connect.Tests.Distributed;

/// <summary>The API's document: complete, true, and equal to the approved one.</summary>
public sealed class ApiDocumentTests(RunningApplication application)
{
    [Fact]
    public async Task Document_is_the_approved_one()
    {
        var document = await ReadAsync();
        if (ApprovedDocument.TryReplace(document))
        {
            return;
        }

        var differences = DocumentComparer.Compare(ApprovedDocument.Read(), document);

        Assert.True(differences.Count == 0, ApprovedDocument.Describe(differences));
    }

    [Fact]
    public async Task Every_operation_tells_what_a_consumer_needs()
    {
        var document = await ReadAsync();
        var operations = DocumentComparer.OperationsOf(document);

        Assert.Equal(operations.Count, operations.Values.Select(operation => (string?)operation["operationId"]).Distinct().Count());
        Assert.All(operations, operation =>
        {
            var (name, says) = operation;
            Assert.Matches("^[A-Z][A-Za-z]+$", (string?)says["operationId"]);
            Assert.NotEmpty((string?)says["summary"] ?? "");
            Assert.NotEmpty((string?)says["description"] ?? "");
            var parameters = says["parameters"] as JsonArray ?? [];
            Assert.All(parameters, parameter => Assert.NotEmpty((string?)parameter!["description"] ?? ""));
            Assert.Distinct(parameters.Select(parameter => $"{parameter!["in"]} {parameter["name"]}"));
            Assert.Contains((string?)says["tags"]![0], document["tags"]!.AsArray().Select(tag => (string?)tag!["name"]));
            Assert.All(says["requestBody"]?["content"] as JsonObject ?? [], media => Assert.NotNull(media.Value!["example"]));
            Assert.All(says["responses"]!.AsObject(), response => Examine(document, name, response.Key, response.Value!));
        });
        Assert.All(document["tags"]!.AsArray(), tag => Assert.NotEmpty((string?)tag!["description"] ?? ""));
        Assert.Equal("/", (string?)Assert.Single(document["servers"]!.AsArray())!["url"]);
    }

    [Theory]
    [InlineData("GET /api/programs", "200 304 400 401 403 429 500 503 504")]
    [InlineData("GET /api/programs/{id}", "200 304 401 403 404 429 500 503 504")]
    [InlineData("GET /api/programs/{id}/series", "200 304 401 403 404 429 500 503 504")]
    [InlineData("GET /api/programs/{id}/similar", "200 304 400 401 403 404 429 500 503 504")]
    [InlineData("PATCH /api/matches/{id}", "200 400 401 403 404 412 413 415 429 500 503 504")]
    [InlineData("DELETE /api/organizations/{id}", "204 400 401 403 404 412 429 500 503 504")]
    [InlineData("DELETE /api/admin/cache/tags/{tag}", "204 400 401 403 429 500 503 504")]
    [InlineData("POST /api/admin/scrapes", "200 202 400 401 403 409 413 415 422 429 500 503 504")]
    [InlineData("POST /auth/register", "200 400 413 415 429 500 503 504")]
    [InlineData("POST /auth/login", "200 400 401 413 415 429 500 503 504")]
    public async Task Statuses_follow_from_the_route(string operation, string statuses) => Assert.Equal(
        statuses.Split(' '),
        DocumentComparer.OperationsOf(await ReadAsync())[operation]["responses"]!.AsObject().Select(response => response.Key));

    /// <summary>A client reads the document by another library than the one that wrote it.</summary>
    [Fact]
    public async Task Every_example_fits_its_schema()
    {
        var document = await OpenApiDocument.FromJsonAsync((await ReadAsync()).ToJsonString(), TestContext.Current.CancellationToken);

        Assert.All(document.Operations, operation =>
        {
            foreach (var media in operation.Operation.RequestBody?.Content.Values ?? [])
            {
                Check(media.Schema, media.Example);
            }

            foreach (var media in operation.Operation.ActualResponses.Values.SelectMany(response => response.Content.Values))
            {
                Check(media.Schema, media.Example);
                Assert.All(media.Examples?.Values ?? [], example => Check(media.Schema, example.ActualExample.Value));
            }
        });

        static void Check(JsonSchema schema, object? example)
        {
            if (example is not null)
            {
                Assert.Empty(schema.Validate(Newtonsoft.Json.JsonConvert.SerializeObject(example), SchemaType.OpenApi3));
            }
        }
    }

    private static void Examine(JsonObject document, string operation, string status, JsonNode reference)
    {
        var response = SchemaComparer.Resolve(document, reference);
        Assert.True(response is not null, $"{operation} {status}: a reference leads nowhere");
        Assert.NotEmpty((string?)response["description"] ?? "");
        var content = response["content"] as JsonObject;
        if (content?.ContainsKey("text/csv") == true)
        {
            Assert.All(content, file => Assert.Equal("binary", (string?)file.Value!["schema"]!["format"]));
            return;
        }

        var media = content?.SingleOrDefault();
        if (status[0] is '4' or '5')
        {
            Assert.Equal("application/problem+json", media?.Key);
            Assert.EndsWith("ProblemDetails", (string?)media?.Value!["schema"]!["$ref"], StringComparison.Ordinal);
            Assert.NotEmpty(media?.Value!["examples"]!.AsObject() ?? []);
            Assert.Equal(status is "429" or "503", response["headers"]?["Retry-After"] is not null);
        }
        else if (media is { Key: "application/json" } body)
        {
            Assert.True(body.Value!["example"] is not null, $"{operation} {status}: no example; add one to Connect.Api/OpenApi/Examples");
        }
    }

    private async Task<JsonObject> ReadAsync() =>
        ApiAssert.Ok(await (await application.CreateClientAsync()).SendAsync(HttpMethod.Get, "/openapi/v1.json"));
}
