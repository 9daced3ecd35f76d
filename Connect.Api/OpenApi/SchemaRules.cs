using System.Net;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// Completes the schemas for OpenAPI 3.0: fields that are required in requests or in answers, nullable ones, and
/// formats of amounts and addresses.
/// </summary>
internal sealed class SchemaRules : IOpenApiDocumentTransformer
{
    private const string WholeWon = "^(0|[1-9][0-9]*)$";

    private static readonly Dictionary<string, string> ProblemFields = new()
    {
        ["type"] = "What is wrong, as a stable name: urn:connect:problem:…",
        ["title"] = "The same for people.",
        ["status"] = "The HTTP status.",
        ["detail"] = "What is special about this time.",
        ["instance"] = "Not used.",
        ["errors"] = "Messages by field, where fields are known to be wrong.",
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (document.Components?.Schemas is not { } schemas)
        {
            return Task.CompletedTask;
        }

        var sides = SchemaSides.Of(document);
        var patches = sides.Requests.Where(name => !schemas.ContainsKey(name) && RequestBodies.ContractOf(name) is not null).ToList();

        foreach (var contract in patches.Select(name => schemas[RequestBodies.ContractOf(name)!]))
        {
            ReferToComponents(contract, document);
        }

        foreach (var (name, schema) in schemas)
        {
            if (schema is OpenApiSchema own)
            {
                Settle(name, own, sides);
            }
        }

        foreach (var name in patches)
        {
            document.AddComponent(name, PatchOf((OpenApiSchema)schemas[RequestBodies.ContractOf(name)!]));
        }

        foreach (var name in schemas.Keys.Where(name => !sides.Requests.Contains(name) && !sides.Answers.Contains(name)).ToList())
        {
            schemas.Remove(name);
        }

        return Task.CompletedTask;
    }

    // The framework refers to components only where it finds a contract itself, and leaves their names in what it is asked for.
    private static void ReferToComponents(IOpenApiSchema contract, OpenApiDocument document)
    {
        foreach (var (name, property) in contract.Properties?.ToList() ?? [])
        {
            contract.Properties![name] = ComponentOf(property, document) is { } component
                ? new OpenApiSchema { OneOf = [component], Description = NoteOf(property, "x-ref-description") }
                : property;
            if (property is OpenApiSchema { Items: { } items } list)
            {
                list.Items = ComponentOf(items, document) ?? items;
            }
        }
    }

    private static OpenApiSchemaReference? ComponentOf(IOpenApiSchema schema, OpenApiDocument document) =>
        NoteOf(schema, "x-schema-id") is { Length: > 0 } name && document.Components!.Schemas!.ContainsKey(name) ? new(name, document) : null;

    private static string? NoteOf(IOpenApiSchema schema, string note) =>
        schema is OpenApiSchema { Metadata: { } notes } && notes.TryGetValue(note, out var value) ? value as string : null;

    // A patch requires no field, and unknown ones are refused.
    private static OpenApiSchema PatchOf(OpenApiSchema contract) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A JSON merge patch (RFC 7396): what is left out stays as it is, null clears what can be null.",
        Properties = contract.Properties,
        AdditionalPropertiesAllowed = false,
    };

    private static void Settle(string name, OpenApiSchema schema, SchemaSides sides)
    {
        schema.Description = Plain(schema.Description);
        if (schema.Enum is { } values)
        {
            // The property is nullable, not the enum.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. values.Where(value => value is not null && value.GetValueKind() != System.Text.Json.JsonValueKind.Null)];
        }

        if (schema.Properties is not { } properties)
        {
            return;
        }

        var isProblem = name.EndsWith(nameof(Microsoft.AspNetCore.Mvc.ProblemDetails), StringComparison.Ordinal);
        var neverNull = Note(schema, ContractRules.NeverNull);
        foreach (var (property, value) in properties.ToList())
        {
            properties[property] = Settle(property, value, canBeNull: !neverNull.Contains(property), isProblem);
        }

        var required = Note(schema, sides.Requests.Contains(name) ? ContractRules.Needed : ContractRules.Always);
        schema.Required = properties.Keys.Where(required.Contains).ToHashSet();

        // Requests with unknown fields are refused; answers may get more fields in later releases.
        schema.AdditionalPropertiesAllowed = sides.Answers.Contains(name);
    }

    private static IOpenApiSchema Settle(string name, IOpenApiSchema schema, bool canBeNull, bool isProblem)
    {
        switch (schema)
        {
            case OpenApiSchemaReference { Description.Length: > 0 } described:
                return Wrap(described, described.Description, isNullable: false);
            case OpenApiSchema { OneOf: [.., OpenApiSchemaReference reference] } choice:
                return Wrap(reference, reference.Description ?? choice.Description, canBeNull);
            case OpenApiSchema own:
                own.Description = Plain(own.Description) ?? (isProblem ? ProblemFields.GetValueOrDefault(name) : null);
                own.Type = canBeNull ? own.Type : own.Type & ~JsonSchemaType.Null;
                if (own.Type?.HasFlag(JsonSchemaType.String) == true && own.Format is null)
                {
                    own.Pattern ??= name.EndsWith("Amount", StringComparison.Ordinal) ? WholeWon : null;
                    own.Format = name.EndsWith("Url", StringComparison.Ordinal) || name == "url" ? "uri" : null;
                }

                return own;
            default:
                return schema;
        }
    }

    // OpenAPI 3.0 ignores siblings of a reference, so description and nullability go into a wrapper.
    private static OpenApiSchema Wrap(OpenApiSchemaReference reference, string? description, bool isNullable)
    {
        reference.Description = null;
        return new OpenApiSchema
        {
            AllOf = [reference],
            Description = Plain(description),
            Type = isNullable ? JsonSchemaType.Null : null,
        };
    }

    // XML documentation still contains entities.
    private static string? Plain(string? description) => description is null ? null : WebUtility.HtmlDecode(description);

    private static HashSet<string> Note(OpenApiSchema schema, string note) =>
        schema.Metadata is { } notes && notes.TryGetValue(note, out var names) ? (HashSet<string>)names : [];
}
