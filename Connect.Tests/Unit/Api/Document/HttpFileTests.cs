using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Api.Document;

/// <summary><c>Connect.Api.http</c> has every operation of the approved document, and no other.</summary>
public sealed class HttpFileTests
{
    private static readonly HttpFile File = HttpFile.Parse(System.IO.File.ReadAllText(ApprovedDocument.RepositoryFile("Connect.Api/Connect.Api.http")));
    private static readonly IReadOnlyDictionary<string, JsonObject> Operations = DocumentComparer.OperationsOf(ApprovedDocument.Read());

    [Fact]
    public void Every_operation_occurs() =>
        Assert.Empty(Operations.Keys.Except(File.Requests.Select(request => DocumentOperations.Find(Operations, request)!)));

    [Fact]
    public void Every_request_is_an_operation_with_its_parameters() => Assert.All(File.Requests, request =>
    {
        var name = DocumentOperations.Find(Operations, request);
        Assert.True(name is not null, $"{request} is not in the document");
        var parameters = (Operations[name]["parameters"] as JsonArray ?? []).Where(parameter => (string?)parameter!["in"] == "query");
        Assert.Empty(request.Split().Query.Except(parameters.Select(parameter => (string)parameter!["name"]!)));
    });

    [Fact]
    public void Request_is_read_with_name_headers_body_and_expectation()
    {
        var file = HttpFile.Parse("""
            @host = http://localhost:1

            ###
            # Expects 409: it is there already.
            # @name create
            POST {{host}}/things?a=1
            Content-Type: application/json

            {
              "id": "{{$guid}}"
            }

            ### The last.
            DELETE {{host}}/things
            """);

        Assert.Equal("http://localhost:1", file.Variables["host"]);
        Assert.Equal(["POST {{host}}/things?a=1", "DELETE {{host}}/things"], file.Requests.Select(request => request.ToString()));
        var create = file.Requests[0];
        Assert.Equal(("create", 409, ("Content-Type", "application/json")), (create.Name, create.Expected, create.Headers.Single()));
        Assert.Equal("{\n  \"id\": \"{{$guid}}\"\n}", create.Body);
        Assert.Null(file.Requests[1].Body);
    }

    [Fact]
    public void Variables_are_filled_from_the_file_and_from_earlier_requests()
    {
        var variables = new HttpFileVariables(new Dictionary<string, string> { ["host"] = "http://a", ["base"] = "{{host}}/b" });
        variables.Keep("list", """{ "q": "x" }""", JsonNode.Parse("""{ "items": [{ "id": 1 }, { "id": 2 }] }"""));

        Assert.Equal("http://a/b/2?q=x", variables.Fill("{{base}}/{{list.response.body.$.items[1].id}}?q={{list.request.body.$.q}}"));
        Assert.True(Guid.TryParse(variables.Fill("{{$guid}}"), out _));
        Assert.Equal("7", variables.Fill("{{$randomInt 7 8}}"));
        Assert.Throws<InvalidOperationException>(() => variables.Fill("{{list.response.body.$.items[2].id}}"));
        Assert.Throws<InvalidOperationException>(() => variables.Fill("{{nothing}}"));
    }
}
