using Connect.Client.Retries;
using Connect.Client.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Connect.Client;

/// <summary>Adds <see cref="ConnectClient"/> to an application.</summary>
public static class ConnectClientRegistration
{
    // Address changes of the API are noticed within this time, also by a client that lives as long as the application.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Adds a <see cref="ConnectClient"/> that signs in, renews its tokens and repeats what is safe to repeat. All clients of the
    /// container share one session. Options that make no sense end the start of the host, or the first use where there is no host.
    /// Requests are not logged, because their headers have secrets; attempts and repetitions are.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets address and caller.</param>
    /// <returns>The builder of its <see cref="HttpClient"/>, for handlers of the application's own.</returns>
    public static IHttpClientBuilder AddConnectClient(this IServiceCollection services, Action<ConnectClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<ConnectClientOptions, ConnectClientOptionsValidator>().Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Session>();

        var builder = services.AddHttpClient<ConnectClient>((provider, http) =>
        {
            http.BaseAddress = BaseAddress.Of(OptionsOf(provider));
            http.Timeout = Timeout.InfiniteTimeSpan;    // the pipeline's limit counts
        });

        // Loggers that keep a record's values apart from its text would get the token with the headers.
        builder.RemoveAllLoggers();

        // Tokens are put on each attempt, so that a repetition after a pause has one that is valid then.
        builder.AddResilienceHandler("connect", (pipeline, context) => RetryPipeline.Build(
            pipeline, OptionsOf(context.ServiceProvider), context.ServiceProvider.GetRequiredService<TimeProvider>()));
        return builder
            .AddHttpMessageHandler(provider => new TokenHandler(provider.GetRequiredService<Session>(), OptionsOf(provider)))
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    private static ConnectClientOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ConnectClientOptions>>().Value;
}
