using Microsoft.AspNetCore.Http.Json;

namespace Connect.Api.Http;

/// <summary>Registers JSON, errors and validation for all endpoints.</summary>
internal static class HttpRegistration
{
    public static void AddConnectHttp(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Problems.Complete(context.ProblemDetails));
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<BadRequestExceptionHandler>();
        services.AddExceptionHandler<UnavailableExceptionHandler>();
        services.AddExceptionHandler<RefusedWriteExceptionHandler>();
        services.AddValidation();
        services.AddSingleton<AppSecrets>();

        // PostConfigure, because Identity adds a resolver of its own, which must not come first.
        services.PostConfigure<JsonOptions>(options => WireJson.Configure(options.SerializerOptions));
    }
}
