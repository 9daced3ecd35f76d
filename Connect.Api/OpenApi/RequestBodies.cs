using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// The schema of a merge patch. The route reads any JSON and declares the contract that the patch is applied to;
/// <see cref="SchemaRules"/> derives the patch's schema from the contract's.
/// </summary>
internal sealed class RequestBodies : IOpenApiOperationTransformer
{
    private const string Suffix = "Patch";
    private const string MergePatch = "application/merge-patch+json";

    /// <summary>The name of the contract that a patch is applied to; null if the schema is no patch.</summary>
    public static string? ContractOf(string schema) => schema.EndsWith(Suffix, StringComparison.Ordinal) ? schema[..^Suffix.Length] : null;

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.RequestBody?.Content is not { } content || context.Document is not { } document || ContractOf(context) is not { } contract)
        {
            return;
        }

        // An answer with the contract may have added its schema already.
        if (document.Components?.Schemas?.ContainsKey(contract.Name) != true)
        {
            document.AddComponent(contract.Name, await context.GetOrCreateSchemaAsync(contract, parameterDescription: null, cancellationToken));
        }

        foreach (var media in content.Values)
        {
            media.Schema = new OpenApiSchemaReference(contract.Name + Suffix, document);
        }
    }

    private static Type? ContractOf(OpenApiOperationTransformerContext context) => context.Description.ActionDescriptor.EndpointMetadata
        .OfType<IAcceptsMetadata>().FirstOrDefault(accepts => accepts.ContentTypes.Contains(MergePatch))?.RequestType;
}
