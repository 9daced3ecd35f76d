using Microsoft.OpenApi;

namespace Connect.Api.Http;

/// <summary>Puts headers that no handler binds into the document.</summary>
internal static class HeaderParameters
{
    public static RouteHandlerBuilder WithHeader(this RouteHandlerBuilder route, string name, string description) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });
}
