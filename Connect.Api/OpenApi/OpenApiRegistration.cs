using Connect.Api.Edge;
using Microsoft.OpenApi;
using NetEscapades.AspNetCore.SecurityHeaders;
using Scalar.AspNetCore;

namespace Connect.Api.OpenApi;

/// <summary>The document of the API, and the page that shows it.</summary>
internal static class OpenApiRegistration
{
    /// <summary>Registers the document. Transformers run in the order in which they stand here.</summary>
    public static void AddConnectDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        // What client generators read: docs/decisions/0008-openapi-document.md.
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

    // Everything that the page needs is served here: nothing of what is tried out may become known elsewhere.
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
