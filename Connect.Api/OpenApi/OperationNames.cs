using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// Ids, summaries and descriptions. An id is the route's name, by which generated clients call their methods; the routes of
/// ASP.NET Core Identity have none and get theirs from <see cref="IdentityOperations"/>.
/// </summary>
internal sealed class OperationNames : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var path = "/" + context.Description.RelativePath?.TrimEnd('/');
        if (IdentityOperations.Find(context.Description.HttpMethod ?? HttpMethods.Get, path) is { } known)
        {
            (operation.OperationId, operation.Summary, operation.Description) = (known.Id, known.Summary, known.Description);
        }
        else if (operation.OperationId is null)
        {
            throw new InvalidOperationException($"The route {path} needs a name: generated clients call their methods by it.");
        }
        else if (OperationTexts.Descriptions.TryGetValue(operation.OperationId, out var description))
        {
            operation.Description ??= description;
        }

        return Task.CompletedTask;
    }
}
