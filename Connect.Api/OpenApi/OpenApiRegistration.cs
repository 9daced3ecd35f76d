using Connect.Api.Edge;
using Microsoft.OpenApi;
using NetEscapades.AspNetCore.SecurityHeaders;
using Scalar.AspNetCore;

namespace Connect.Api.OpenApi;

/// <summary>The OpenAPI document and the reference page.</summary>
internal static class OpenApiRegistration
{
    /// <summary>Registers the document. Transformers run in the order of registration.</summary>
    public static void AddConnectDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        // 3.0, for client generators: docs/decisions/0008-openapi-document.md.
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddSchemaTransformer<ContractRules>();
        options.AddOperationTransformer<BearerSecurity>();
        options.AddOperationTransformer<OperationNames>();
        options.AddOperationTransformer<Parameters>();
        options.AddOperationTransformer<RequestBodies>();
        options.AddOperationTransformer<ProblemResponses>();
        options.AddOperationTransformer<ResponseHeaders>();
        options.AddOperationTransformer<OperationExamples>();
        options.AddDocumentTransformer<DocumentInfo>();
        options.AddDocumentTransformer<BearerSecurity>();
        options.AddDocumentTransformer<SchemaRules>();
    });

    public static void MapConnectDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName:regex(^v1$)}.json").AllowAnonymous();
        app.MapScalarApiReference("/scalar", Configure).AllowAnonymous().WithSecurityHeadersPolicy(SecurityHeaders.Reference);
    }

    // No foreign fonts, telemetry or services: requests that are tried out must not reach another server.
    private static void Configure(ScalarOptions options, HttpContext http) => options
        .WithTitle("Connect")
        .WithNonce(http.GetNonce())
        .DisableDefaultFonts()
        .DisableTelemetry()
        .DisableAgent()
        .DisableMcp()
        .HideClientButton()
        .HideDeveloperTools()
        .AddPreferredSecuritySchemes(BearerSecurity.Scheme);
}
