using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// The schema of a merge patch. The route reads any JSON and declares the contract that the patch is applied to: here
/// it gets a schema of its own, which <see cref="SchemaRules"/> makes from the contract's.
/// </summary>
internal sealed class RequestBodies : IOpenApiOperationTransformer
{
    /// <summary>What the names of such schemas end with.</summary>
    public const string Suffix = "Patch";

    private const string MergePatch = "application/merge-patch+json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.RequestBody?.Content is { } content && ContractOf(context) is { } contract)
        {
            foreach (var media in content.Values)
            {
                media.Schema = new OpenApiSchemaReference(contract.Name + Suffix, context.Document);
            }
        }

        return Task.CompletedTask;
    }

    private static Type? ContractOf(OpenApiOperationTransformerContext context) => context.Description.ActionDescriptor.EndpointMetadata
        .OfType<IAcceptsMetadata>().FirstOrDefault(accepts => accepts.ContentTypes.Contains(MergePatch))?.RequestType;
}
