using System.Globalization;
using Connect.Api.OpenApi.Examples;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>Adds examples by contract, so that a new route over known contracts has them too.</summary>
internal sealed class OperationExamples : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var description = context.Description;
        var body = description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type;
        var declared = description.ActionDescriptor.EndpointMetadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType;
        Show(operation.RequestBody?.Content, declared ?? body, isRequest: true);
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse { Content: { } content } && int.TryParse(status, CultureInfo.InvariantCulture, out var code) && code < 400)
            {
                Show(content, description.SupportedResponseTypes.FirstOrDefault(type => type.StatusCode == code)?.Type, isRequest: false);
            }
        }

        return Task.CompletedTask;
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, Type? contract, bool isRequest)
    {
        foreach (var media in content?.Values.AsEnumerable() ?? [])
        {
            media.Example = contract is null ? null : ContractExamples.Find(contract, isRequest);
        }
    }
}
