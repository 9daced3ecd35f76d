using System.Globalization;
using System.Text.Json;
using Connect.Api.OpenApi.Examples;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>
/// The errors of every operation, derived from its parameters, body and access rules. Routes declare only those that
/// cannot be derived (a conflict, an organization that is not the caller's).
/// </summary>
internal sealed class ProblemResponses : IOpenApiOperationTransformer
{
    private const string MediaType = "application/problem+json";

    private static readonly Dictionary<int, string> Descriptions = new()
    {
        [StatusCodes.Status400BadRequest] = "The request is invalid. Where fields are known to be wrong, errors names them.",
        [StatusCodes.Status401Unauthorized] = "There is no valid token; from /auth: the credentials are not right.",
        [StatusCodes.Status403Forbidden] = "The caller may not do this: the role is missing.",
        [StatusCodes.Status404NotFound] = "There is no such thing, or it is not the caller's.",
        [StatusCodes.Status409Conflict] = "The request does not fit the state of things; type says what is in its way.",
        [StatusCodes.Status412PreconditionFailed] = "It has changed: If-Match is no longer right.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "The body is not of a media type that the operation reads.",
        [StatusCodes.Status422UnprocessableEntity] = "The Idempotency-Key is that of another request.",
        [StatusCodes.Status429TooManyRequests] = "Too many requests. Wait as long as Retry-After says.",
        [StatusCodes.Status500InternalServerError] = "A mistake of the server.",
        [StatusCodes.Status503ServiceUnavailable] = "The database cannot be reached, and no cached answer may stand in: wait as long as Retry-After says. Or the request is for a mail, and no mail server is configured (mail-not-configured).",
        [StatusCodes.Status504GatewayTimeout] = "It took too long and was given up.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        var declared = operation.Responses.Keys.Select(key => int.Parse(key, CultureInfo.InvariantCulture)).ToList();
        foreach (var status in declared.Where(status => status >= 400).Union(Derive(operation, context.Description)))
        {
            operation.Responses[Key(status)] = ProblemExamples.OfOperation(operation.OperationId!, status) is { Count: > 0 } own
                ? Create(status, own, context.Document!)
                : Share(status, context.Document!);
        }

        // Sorted by status.
        var ordered = operation.Responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
        operation.Responses.Clear();
        ordered.ForEach(response => operation.Responses.Add(response.Key, response.Value));
        return Task.CompletedTask;
    }

    private static IEnumerable<int> Derive(OpenApiOperation operation, ApiDescription description)
    {
        // A value without a route constraint reaches the handler, which may refuse it.
        var isConstrained = description.ParameterDescriptions.Any(parameter => parameter.RouteInfo?.Constraints?.Any() == true);
        if (operation.RequestBody is not null || operation.Parameters?.Any(IsRead) == true)
        {
            yield return StatusCodes.Status400BadRequest;
        }

        if (description.AccessRules() is { Count: > 0 } rules)
        {
            yield return StatusCodes.Status401Unauthorized;
            if (rules.Any(rule => rule.Policy is not null || rule.Roles is not null))
            {
                yield return StatusCodes.Status403Forbidden;
            }
        }

        if (isConstrained)
        {
            yield return StatusCodes.Status404NotFound;
        }

        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }

        if (IdentityOperations.Find(description.HttpMethod ?? "", "/" + description.RelativePath)?.Problem is { } status)
        {
            yield return status;
        }

        yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status500InternalServerError;
        yield return StatusCodes.Status503ServiceUnavailable;
        yield return StatusCodes.Status504GatewayTimeout;
    }

    // Malformed headers are refused only if they protect a change; others are ignored.
    private static bool IsRead(IOpenApiParameter parameter) => parameter.In == ParameterLocation.Query
        || (parameter.In == ParameterLocation.Header && Parameters.Guards.Contains(parameter.Name));

    private static OpenApiResponseReference Share(int status, OpenApiDocument document)
    {
        var name = ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);
        if (document.Components?.Responses?.ContainsKey(name) != true)
        {
            document.AddComponent(name, Create(status, ProblemExamples.Of(status), document));
        }

        return new OpenApiResponseReference(name, document);
    }

    private static OpenApiResponse Create(int status, IReadOnlyDictionary<string, ProblemDetails> examples, OpenApiDocument document)
    {
        var schema = status == StatusCodes.Status400BadRequest ? nameof(HttpValidationProblemDetails) : nameof(ProblemDetails);
        return new OpenApiResponse
        {
            Description = Descriptions.GetValueOrDefault(status, ReasonPhrases.GetReasonPhrase(status)),
            Headers = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable ? ResponseHeaders.RetryAfter() : null,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(schema, document),
                    Examples = examples.ToDictionary(
                        example => example.Key,
                        IOpenApiExample (example) => new OpenApiExample
                        {
                            Summary = example.Value.Title,
                            Value = JsonSerializer.SerializeToNode(example.Value, example.Value.GetType(), WireJson.Options),
                        }),
                },
            },
        };
    }

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);
}
