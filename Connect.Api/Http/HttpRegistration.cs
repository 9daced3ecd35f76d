using Microsoft.AspNetCore.Http.Json;

namespace Connect.Api.Http;

/// <summary>What all endpoints share: JSON, errors, validation.</summary>
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

        // After everybody else: what Identity adds of its own must not come first.
        services.PostConfigure<JsonOptions>(options => WireJson.Configure(options.SerializerOptions));
    }
}
