using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Connect.Api.Export;
using Connect.Api.Idempotency;
using Connect.Api.Identity.Mails;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.OpenApi;

/// <summary>Headers of successful answers, and the form of files.</summary>
internal sealed class ResponseHeaders : IOpenApiOperationTransformer
{
    private static readonly int[] WithLocation = [StatusCodes.Status201Created, StatusCodes.Status202Accepted];

    /// <summary>The header <c>Retry-After</c>.</summary>
    public static Dictionary<string, IOpenApiHeader> RetryAfter() => new()
    {
        ["Retry-After"] = Create("Seconds to wait before the next attempt.", 3, JsonSchemaType.Integer),
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var isTraced = context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        var hasTag = operation.Responses?.ContainsKey("304") == true || operation.Responses?.ContainsKey("412") == true;
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse own || !int.TryParse(status, CultureInfo.InvariantCulture, out var code) || code >= 400)
            {
                continue;
            }

            // Generators take a file for one where it is described in place.
            foreach (var (media, file) in own.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (media is MediaTypeNames.Text.Csv or XlsxWriter.MediaType)
                {
                    file.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
                }
            }

            own.Headers ??= new Dictionary<string, IOpenApiHeader>();
            if ((hasTag && code != StatusCodes.Status204NoContent) || code == StatusCodes.Status201Created)
            {
                own.Headers["ETag"] = Create(
                    "The version: send it back as If-None-Match or If-Match. Absent where the answer could not be verified.", "\"a1b2c3\"");
            }

            if (WithLocation.Contains(code))
            {
                own.Headers["Location"] = Create("Where it is, or where to see how it goes.", example: null);
            }

            if (operation.Responses!.ContainsKey("422"))
            {
                own.Headers[IdempotentWrites.ReplayedHeader] = Create("true where the write was carried out earlier, under the same Idempotency-Key.", "true");
            }

            if (context.Description.Has<DocumentMetadata.Localized>())
            {
                own.Headers["Content-Language"] = Create("The language of the answer: ko or en.", "ko");
            }

            if (context.Description.Has<DocumentMetadata.Cached>())
            {
                own.Headers[RequestTracing.CacheHeader] = Create(
                    "Where the answer came from: memory, redis or miss (computed); \"; stale\" is added while the database cannot be asked.", "memory");
            }

            if (operation.OperationId == "Register")
            {
                own.Headers[IdentityMailFilter.Header] = Create(
                    "The mail with the link that confirms the address: queued, or not-configured where there is no mail server.", IdentityMailFilter.Queued);
            }

            if (isTraced)
            {
                own.Headers[RequestTracing.TimingHeader] = Create(
                    "What the request cost: db is the number of database queries and their milliseconds, generations the number of queries for generations.",
                    "db;desc=\"0\";dur=0, generations;desc=\"0\"");
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiHeader Create(string description, JsonNode? example, JsonSchemaType type = JsonSchemaType.String) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = type },
        Example = example,
    };
}
