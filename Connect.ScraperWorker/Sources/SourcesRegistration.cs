using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Keit;
using Connect.ScraperWorker.Sources.Ntis;
using Connect.ScraperWorker.Sources.TableBoards;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources;

internal static class SourcesRegistration
{
    private const string UserAgent = "ConnectBot/0.1";

    /// <summary>
    /// Adds every board that configuration enables as an <see cref="IAnnouncementSource"/>, each with its options
    /// (validated at start) and its own named client.
    /// </summary>
    public static IHostApplicationBuilder AddAnnouncementSources(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAnnouncementSources(builder.Configuration);
        return builder;
    }

    /// <inheritdoc cref="AddAnnouncementSources(IHostApplicationBuilder)"/>
    public static IServiceCollection AddAnnouncementSources(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<BoardRateLimiters>();
        services.TryAddSingleton(TimeProvider.System);
        AddBoard(services, configuration, Agency.NTIS, static provider => ActivatorUtilities.CreateInstance<NtisSource>(provider));
        AddBoard(services, configuration, Agency.KEIT, static provider => ActivatorUtilities.CreateInstance<KeitSource>(provider));
        foreach (var layout in (ReadOnlySpan<TableBoardLayout>)[TableBoardLayout.Iitp, TableBoardLayout.Tipa, TableBoardLayout.Kimst])
        {
            AddBoard(services, configuration, layout.Agency, provider => ActivatorUtilities.CreateInstance<TableBoardSource>(provider, layout));
        }

        return services;
    }

    /// <summary>The name of a board's client.</summary>
    public static string ClientName(Agency agency) => $"board-{agency}";

    private static void AddBoard(
        IServiceCollection services, IConfiguration configuration, Agency agency, Func<IServiceProvider, IAnnouncementSource> create)
    {
        var name = agency.ToString();
        var section = configuration.GetSection($"{SourceOptions.SectionName}:{name}");
        if (!section.GetValue(nameof(SourceOptions.Enabled), false))
        {
            return;
        }

        services.AddOptionsWithValidateOnStart<SourceOptions, SourceOptionsValidator>(name).Bind(section)
            .PostConfigure(options => options.PublicAddress ??= FindDiscovered(configuration, options.BaseAddress));
        services.AddSingleton(create);
        var client = services.AddHttpClient(ClientName(agency), static http =>
        {
            http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
            http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml");
            http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ko-KR,ko;q=0.9");

            // The resilience handler has the time limits, for an attempt and for all of them.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });

        // A handler for all clients may come with the host's defaults; two of them would multiply the retries.
#pragma warning disable EXTEXP0001
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddStandardResilienceHandler().Configure((resilience, provider) =>
            Configure(resilience, provider.GetRequiredService<IOptionsMonitor<SourceOptions>>().Get(name)));
        client.AddHttpMessageHandler(provider => new CheckedRedirectHandler(new(Options(provider, name))));
        client.AddHttpMessageHandler(provider => new PoliteHandler(
            provider.GetRequiredService<BoardRateLimiters>().For(name, Options(provider, name).RequestsPerMinute)));
    }

    // A board that is found by service discovery has a name that only services understand; links are for people.
    private static Uri? FindDiscovered(IConfiguration configuration, Uri? address) =>
        address is not null && Uri.TryCreate(configuration[$"services:{address.Host}:http:0"], UriKind.Absolute, out var discovered)
            ? discovered
            : null;

    private static SourceOptions Options(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<SourceOptions>>().Get(name);

    private static void Configure(HttpStandardResilienceOptions resilience, SourceOptions options)
    {
        // The wait for the bucket is part of an attempt, so that retries are polite too.
        var wait = TimeSpan.FromMinutes(1) / options.RequestsPerMinute;
        var attempt = options.PageTimeout + (wait * 2);
        resilience.AttemptTimeout.Timeout = attempt;
        resilience.Retry.MaxRetryAttempts = options.Retries;
        resilience.Retry.Delay = options.RetryDelay;
        resilience.Retry.UseJitter = true;
        resilience.TotalRequestTimeout.Timeout = (attempt * (options.Retries + 1)) + (options.RetryDelay * Math.Pow(2, options.Retries + 1));
        resilience.CircuitBreaker.SamplingDuration = (attempt * 2) + TimeSpan.FromSeconds(1);
    }
}
