using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connect.Tests.Unit.Api.Document;
using NJsonSchema;
using NSwag;

namespace Connect.Tests.Distributed;

/// <summary>
/// <c>Connect.Api.http</c> works from top to bottom, and every answer is one that the document describes. It
/// asks for a run and for a warming, and so runs alone.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class ApiHttpFileTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_walks_through_the_API_as_the_document_says()
    {
        var client = await application.CreateClientAsync();
        var file = HttpFile.Parse(await File.ReadAllTextAsync(ApprovedDocument.RepositoryFile("Connect.Api/Connect.Api.http"), CancellationToken));
        using var http = new HttpClient { BaseAddress = client.Address };
        var document = await http.GetStringAsync("/openapi/v1.json", CancellationToken);
        var operations = DocumentComparer.OperationsOf(JsonNode.Parse(document)!.AsObject());
        var contract = await OpenApiDocument.FromJsonAsync(document, CancellationToken);

        // The tests' application has its own address and administrator.
        var variables = new HttpFileVariables(new Dictionary<string, string>(file.Variables)
        {
            ["host"] = client.Address.GetLeftPart(UriPartial.Authority),
            ["adminEmail"] = RunningApplication.AdminEmail,
            ["adminPassword"] = RunningApplication.AdminPassword,
        });
        foreach (var request in file.Requests)
        {
            var body = request.Body is { } text ? variables.Fill(text) : null;
            var (status, answer, mediaType) = await SendAsync(http, request, variables, body);

            Assert.True(
                request.Expected is { } expected ? status == expected : status is >= 200 and < 300,
                $"{request}: {status} {answer}");
            var operation = contract.Operations.Single(candidate =>
                (string?)operations[DocumentOperations.Find(operations, request)!]["operationId"] == candidate.Operation.OperationId);
            Check(request, operation.Operation, status, answer, mediaType);
            if (request.Name is { } name)
            {
                variables.Keep(name, body, JsonNode.Parse(answer.Length == 0 ? "null" : answer));
            }
        }

        await AwaitRunsAsync(await client.SignInAsAdministratorAsync());
    }

    private static async Task<(int Status, string Answer, string? MediaType)> SendAsync(
        HttpClient http, HttpFileRequest request, HttpFileVariables variables, string? body)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), variables.Fill(request.Address));
        if (body is not null)
        {
            var type = request.Headers.Single(header => header.Name == "Content-Type").Value;
            message.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        }

        foreach (var (name, value) in request.Headers.Where(header => header.Name != "Content-Type"))
        {
            message.Headers.TryAddWithoutValidation(name, variables.Fill(value));
        }

        using var response = await http.SendAsync(message, CancellationToken);
        return (
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(CancellationToken), response.Content.Headers.ContentType?.MediaType);
    }

    private static void Check(HttpFileRequest request, OpenApiOperation operation, int status, string answer, string? mediaType)
    {
        Assert.True(operation.ActualResponses.TryGetValue($"{status}", out var response), $"{request}: {status} is not in the document");
        if (mediaType?.EndsWith("json", StringComparison.Ordinal) == true)
        {
            Assert.True(response.Content.TryGetValue(mediaType, out var media), $"{request}: {mediaType} is not in the document");
            var errors = media.Schema.Validate(answer, SchemaType.OpenApi3);
            Assert.True(errors.Count == 0, $"{request}: {string.Join(", ", errors)} in {answer}");
        }
    }

    // The requested run and warming must end before the next test.
    private static async Task AwaitRunsAsync(ApiClient administrator)
    {
        string[] lists = ["/api/admin/scrapes", "/api/admin/cache/warmings"];
        foreach (var list in lists)
        {
            while (ApiAssert.Ok(await administrator.SendAsync(HttpMethod.Get, list))["items"]!.AsArray().Any(item => item!["completedAt"] is null))
            {
                CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
