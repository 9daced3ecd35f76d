using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// Marks on each schema the fields that an answer always has, those that a request must have, and those that are never
/// null. Whether a schema belongs to requests or answers is not known yet; <see cref="SchemaRules"/> decides later.
/// </summary>
internal sealed class ContractRules : IOpenApiSchemaTransformer
{
    /// <summary>Fields that are always written.</summary>
    public const string Always = "connect:always";

    /// <summary>Fields without which a request is refused.</summary>
    public const string Needed = "connect:needed";

    /// <summary>Fields that are never null, although their type says that they can be.</summary>
    public const string NeverNull = "connect:never-null";

    // Nullable in Identity's and the framework's types, and never null on the wire.
    private static readonly string[] KnownNeverNull = ["AccessTokenResponse.tokenType", "ProblemDetails.type", "ProblemDetails.title", "ProblemDetails.status"];

    // An answer of 400 has them if the wrong fields are known.
    private const string Errors = "errors";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Object } type)
        {
            schema.Metadata ??= new Dictionary<string, object>();
            schema.Metadata[Always] = type.Properties.Where(property => IsAlways(property) || IsKnownNeverNull(type, property)).Select(property => property.Name).ToHashSet();
            schema.Metadata[Needed] = type.Properties.Where(IsNeeded).Select(property => property.Name).ToHashSet();
            schema.Metadata[NeverNull] = type.Properties
                .Where(property => Has<RequiredAttribute>(property) || IsLeftOutWhenNull(property) || IsKnownNeverNull(type, property))
                .Select(property => property.Name).ToHashSet();
        }

        return Task.CompletedTask;
    }

    private static bool IsAlways(JsonPropertyInfo property) =>
        property.Get is not null && !property.IsExtensionData && property.Name != Errors && ConditionOf(property) is null or JsonIgnoreCondition.Never;

    private static bool IsLeftOutWhenNull(JsonPropertyInfo property) => ConditionOf(property) == JsonIgnoreCondition.WhenWritingNull;

    private static JsonIgnoreCondition? ConditionOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
            .OfType<JsonIgnoreAttribute>().FirstOrDefault()?.Condition;

    private static bool IsNeeded(JsonPropertyInfo property) => property.IsRequired || Has<RequiredAttribute>(property);

    private static bool IsKnownNeverNull(JsonTypeInfo type, JsonPropertyInfo property) =>
        KnownNeverNull.Any(known => known.Split('.') is [var owner, var name] && property.Name == name
            && type.Type.Name.EndsWith(owner, StringComparison.Ordinal));

    private static bool Has<TAttribute>(JsonPropertyInfo property)
        where TAttribute : Attribute => property.AttributeProvider?.IsDefined(typeof(TAttribute), inherit: true) == true;
}
