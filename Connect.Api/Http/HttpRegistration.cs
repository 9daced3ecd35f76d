using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Connect.Api.Http;

/// <summary>What all endpoints share: JSON, errors, validation, the OpenAPI document.</summary>
internal static class HttpRegistration
{
    public static void AddConnectHttp(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => WireJson.Configure(options.SerializerOptions));
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            if (context.ProblemDetails.Type?.StartsWith("urn:", StringComparison.Ordinal) != true)
            {
                context.ProblemDetails.Type = Problems.TypeOf(TypeOf(context.ProblemDetails.Status));
            }
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<BadRequestExceptionHandler>();
        services.AddExceptionHandler<UnavailableExceptionHandler>();
        services.AddValidation();
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer<BearerSecurity>();
        });
    }

    private static string TypeOf(int? status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad-request",
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => "internal",
    };

    /// <summary>Says in the document how callers prove who they are.</summary>
    private sealed class BearerSecurity : IOpenApiDocumentTransformer
    {
        public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
        {
            document.Info.Title = "Connect";
            document.Info.Description = "Matches Korean companies and research institutes with open government R&D calls.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The accessToken of POST /auth/login.",
            };
            return Task.CompletedTask;
        }
    }
}
