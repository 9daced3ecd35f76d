using System.Text.Json.Nodes;
using Connect.Api.Edge;
using Connect.Tests.Unit.Api.Document;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Api;

/// <summary>Pages of configured origins may send and read every header that the approved document has.</summary>
public sealed class CorsHeadersTests
{
    // Of every request, and so not in the document: the token, the body's type, and the trace that a page began.
    private static readonly string[] Everywhere = ["authorization", "baggage", "content-type", "traceparent", "tracestate"];

    // Those of limits and outages are written for every route.
    private static readonly string[] Limits = ["retry-after"];

    // Pages may read these without being allowed to (https://fetch.spec.whatwg.org).
    private static readonly string[] Safe = ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified"];

    [Fact]
    public void Every_request_header_is_let_through_and_every_response_header_shown()
    {
        var policy = Policy();

        Assert.Equal(
            Operations().SelectMany(operation => Nodes(operation["parameters"]))
                .Where(parameter => (string?)parameter["in"] == "header").Select(parameter => Lower((string)parameter["name"]!))
                .Concat(Everywhere).Distinct().Order(),
            policy.Headers.Select(Lower).Order());
        Assert.Equal(
            Operations().SelectMany(operation => operation["responses"]!.AsObject()).SelectMany(response => response.Value!["headers"]?.AsObject() ?? [])
                .Select(header => Lower(header.Key)).Concat(Limits).Except(Safe).Distinct().Order(),
            policy.ExposedHeaders.Select(Lower).Order());
    }

    private static CorsPolicy Policy()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new($"{EdgeOptions.SectionName}:CorsOrigins:0", "https://app.example.com")]);
        builder.AddEdge();
        var cors = builder.Services.BuildServiceProvider().GetRequiredService<IOptions<CorsOptions>>().Value;
        return cors.GetPolicy(cors.DefaultPolicyName)!;
    }

    private static IEnumerable<JsonNode> Operations() => ApprovedDocument.Read()["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!).OfType<JsonObject>();

    private static IEnumerable<JsonNode> Nodes(JsonNode? list) => list?.AsArray().Select(node => node!) ?? [];

    private static string Lower(string name) => name.ToLowerInvariant();
}
