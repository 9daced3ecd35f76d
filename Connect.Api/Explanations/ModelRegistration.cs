using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using Connect.Data.Explanations;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using OpenAI;
using Polly;

namespace Connect.Api.Explanations;

/// <summary>Registers explanations and the configured model.</summary>
internal static class ModelRegistration
{
    private const string ClientName = "explanation-model";

    private static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(30);

    /// <summary>Adds explanations; the model is any service with OpenAI's chat completions.</summary>
    public static void AddExplanationModel(this IHostApplicationBuilder builder) =>
        builder.Services.AddExplanationModel(builder.Configuration);

    /// <inheritdoc cref="AddExplanationModel(IHostApplicationBuilder)"/>
    public static void AddExplanationModel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddExplanations();
        if (string.IsNullOrWhiteSpace(configuration[$"{ExplanationOptions.SectionName}:{nameof(ExplanationOptions.Endpoint)}"]))
        {
            return;
        }

        var client = services.AddHttpClient(ClientName, static http => http.Timeout = Timeout.InfiniteTimeSpan);

        // At level Trace these loggers write request headers, the key included.
        client.RemoveAllLoggers();

        // The chat client lives as long as the process: its handler renews connections, so the handler itself is kept.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });

        // The host's defaults may add a resilience handler to all clients; with two, retries would multiply.
#pragma warning disable EXTEXP0001
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddResilienceHandler(ClientName, static (pipeline, context) =>
            Configure(pipeline, context.ServiceProvider.GetRequiredService<IOptions<ExplanationOptions>>().Value));
        services.AddSingleton<IChatClient>(Create);
    }

    private static ProviderChatClient Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ExplanationOptions>>().Value;
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName);
        var client = new OpenAIClient(new ApiKeyCredential(options.ApiKey!), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            Transport = new HttpClientPipelineTransport(http),

            // The handler below retries; the caller limits the whole call.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = options.CallTimeout + TimeSpan.FromSeconds(5),
        });
        return new ProviderChatClient(client.GetChatClient(options.Model).AsIChatClient());
    }

    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ExplanationOptions options)
    {
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = arguments => new(IsWorthAnother(arguments.Outcome, options.MaxRetryAfter)),
            });
        }

        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = options.AttemptsToBreak,
            SamplingDuration = BreakerWindow,
            BreakDuration = options.BreakDuration,
        });
        pipeline.AddTimeout(options.AttemptTimeout);
    }

    // A time-out is not retried: the provider may charge for it, and the reader has waited long enough.
    private static bool IsWorthAnother(Outcome<HttpResponseMessage> outcome, TimeSpan maxRetryAfter) => outcome switch
    {
        { Exception: { } exception } => exception is HttpRequestException,
        { Result: { } response } =>
            response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            && !(response.Headers.RetryAfter?.Delta > maxRetryAfter)
            && !(response.Headers.RetryAfter?.Date is not null),
        _ => false,
    };
}
