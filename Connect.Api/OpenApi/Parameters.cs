using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using Connect.Api.Idempotency;
using Connect.Data.Caching;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// Describes shared parameters, and adds the headers that an operation reads without a parameter, derived from its
/// answers.
/// </summary>
internal sealed class Parameters : IOpenApiOperationTransformer
{
    /// <summary>The parameter that every list has.</summary>
    public const string Cursor = "cursor";

    private const string Limit = "limit";

    // What an answer contains and how it is cut comes after what chooses its rows.
    private static readonly string[] Last = ["format", "facets", "highlight", Limit, Cursor];

    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["id"] = "The id.",
        ["organizationId"] = "The organization; the caller must belong to it.",
        [Cursor] = "From the previous page's nextCursor; leave it out for the first page.",
        ["explain"] = "Whether to tell which programs are not shown, and why.",
        ["keyId"] = "The key.",
        ["invitationId"] = "The invitation.",
        ["tag"] = "The tag, as it is.",
        ["field"] = "kind, deadline, budgetAmount, targetTypes or sectors.",
        ["conflicts"] = "Whether to list only those that the board has overruled.",
        ["useCookies"] = "Also sets a cookie, which lasts; for browsers.",
        ["useSessionCookies"] = "Also sets a cookie, which ends with the browser's session.",
        ["userId"] = "From the link.",
        ["code"] = "From the link.",
        ["changedEmail"] = "From the link, where the address is to change.",
    };

    /// <summary>Headers that protect a change.</summary>
    public static readonly IReadOnlyList<string> Guards = ["If-Match", "Idempotency-Key"];

    // A status in an operation's answers implies that it reads the header.
    private static readonly (int Status, string Header, string Description)[] Conditions =
    [
        (StatusCodes.Status304NotModified, "If-None-Match", "An ETag that was received: answered with 304 and no body while it is still right."),
        (StatusCodes.Status412PreconditionFailed, "If-Match", "The ETag of what was read: changed meanwhile, the answer is 412 and nothing is done."),
        (StatusCodes.Status422UnprocessableEntity, "Idempotency-Key",
            "A name for this write, such as a random UUID: sent again with the same body within 24 hours, nothing is done twice, and the answer "
            + $"has {IdempotentWrites.ReplayedHeader}."),
    ];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters = operation.Parameters?.OrderBy(parameter => Array.IndexOf(Last, parameter.Name)).ToList();
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= parameter.Name is { } name ? Descriptions.GetValueOrDefault(name) : null;
            var source = context.Description.ParameterDescriptions.FirstOrDefault(description => description.Name == parameter.Name);
            if (parameter.Name == Limit)
            {
                Bound(parameter, source, isPaged: operation.Parameters!.Any(other => other.Name == Cursor));
            }
            else if (source is not null && NamesOf(source) is { } type)
            {
                // A type that no answer contains is not in the document by itself.
                if (context.Document!.Components?.Schemas?.ContainsKey(type.Name) != true)
                {
                    context.Document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
                }

                var names = new OpenApiSchemaReference(type.Name, context.Document);
                parameter.Schema = source.Type == typeof(string[]) ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = names } : names;
            }
        }

        foreach (var (status, header, description) in Conditions)
        {
            if (operation.Responses?.ContainsKey(status.ToString(CultureInfo.InvariantCulture)) == true)
            {
                AddHeader(operation, header, description);
            }
        }

        if (context.Description.Has<DocumentMetadata.Localized>())
        {
            AddHeader(operation, "Accept-Language", "The language to answer in: ko, the default, or en.");
        }
    }

    private static void Bound(OpenApiParameter parameter, ApiParameterDescription? source, bool isPaged)
    {
        var (max, usual) = isPaged ? (Paging.MaxLimit, Paging.DefaultLimit) : (MostOf(source) ?? MatchResults.MaxRanking, source?.DefaultValue as int? ?? 0);
        parameter.Description = $"How many at most: 1 to {max}.";
        parameter.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = max.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(usual),
        };
    }

    private static int? MostOf(ApiParameterDescription? source) =>
        (source?.ParameterDescriptor as Microsoft.AspNetCore.Mvc.Infrastructure.IParameterInfoParameterDescriptor)?.ParameterInfo
            .GetCustomAttributes(inherit: true).OfType<RangeAttribute>().FirstOrDefault()?.Maximum as int?;

    private static Type? NamesOf(ApiParameterDescription source) =>
        source.ModelMetadata?.ContainerType?.GetProperty(source.ModelMetadata.PropertyName ?? "") is { } property
            ? property.GetCustomAttributes(inherit: true).OfType<WireNamesAttribute>().FirstOrDefault()?.Type
            : (source.ParameterDescriptor as Microsoft.AspNetCore.Mvc.Infrastructure.IParameterInfoParameterDescriptor)?.ParameterInfo
                .GetCustomAttributes(inherit: true).OfType<WireNamesAttribute>().FirstOrDefault()?.Type;

    private static void AddHeader(OpenApiOperation operation, string name, string description)
    {
        operation.Parameters ??= [];
        if (!operation.Parameters.Any(known => known.In == ParameterLocation.Header && string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }
}
