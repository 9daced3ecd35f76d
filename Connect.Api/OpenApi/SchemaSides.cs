using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>The schemas of requests and of answers, directly or inside others.</summary>
/// <param name="Requests">Names of the schemas of bodies and parameters.</param>
/// <param name="Answers">Names of the schemas of responses.</param>
internal sealed record SchemaSides(HashSet<string> Requests, HashSet<string> Answers)
{
    public static SchemaSides Of(OpenApiDocument document)
    {
        var sides = new SchemaSides([], []);
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
        {
            Collect(operation.Parameters?.Select(parameter => parameter.Schema) ?? [], sides.Requests, document);
            Collect(operation.RequestBody?.Content?.Values.Select(media => media.Schema) ?? [], sides.Requests, document);
            Collect(
                operation.Responses?.Values.SelectMany(response => response.Content?.Values.Select(media => media.Schema) ?? []) ?? [],
                sides.Answers, document);
        }

        return sides;
    }

    private static void Collect(IEnumerable<IOpenApiSchema?> schemas, HashSet<string> found, OpenApiDocument document)
    {
        foreach (var schema in schemas)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            {
                // A patch contains the schemas that its contract contains.
                if (found.Add(id) && document.Components?.Schemas is { } known
                    && (known.TryGetValue(id, out var target) || known.TryGetValue(RequestBodies.ContractOf(id) ?? "", out target)))
                {
                    Collect([target], found, document);
                }
            }
            else if (schema is OpenApiSchema own)
            {
                Collect(
                    [.. own.Properties?.Values ?? [], .. own.OneOf ?? [], .. own.AllOf ?? [], .. own.AnyOf ?? [], own.Items, own.AdditionalProperties],
                    found, document);
            }
        }
    }
}
