using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Connect.ScraperWorker.Crawl.Http.Robots;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl;

/// <summary>Registers the boards' HTTP clients.</summary>
internal static class BoardHttpRegistration
{
    /// <summary>Registers the services that the clients of all boards share.</summary>
    public static void AddBoardHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HostLimits>();
        services.TryAddSingleton<IHostLimiter, HostLimiter>();
        services.TryAddSingleton<RobotsCache>();
        services.AddHostedService<ProxyWarning>();
        services.AddOptionsWithValidateOnStart<CrawlerOptions, CrawlerOptionsValidator>()
            .Bind(configuration.GetSection(BoardOptions.SectionName));
    }

    /// <summary>
    /// Registers one board's client. From the outside in: redirects, robots.txt, retries, the host's rate, the bounds
    /// of one answer, the connection.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The client's name.</param>
    /// <param name="board">The name of the board's options.</param>
    public static void AddBoardClient(this IServiceCollection services, string name, string board)
    {
        var client = services.AddHttpClient(name, static (provider, http) =>
        {
            var contact = provider.GetRequiredService<IOptions<CrawlerOptions>>().Value.Contact;
            http.DefaultRequestHeaders.UserAgent.ParseAdd(Crawler.UserAgent(contact));
            http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.1");
            http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ko-KR,ko;q=0.9");

            // The handlers limit the time of an answer, of an attempt and of all attempts.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.ConfigurePrimaryHttpMessageHandler(provider => BoardConnection.Create(
            Options(provider, board), provider.GetRequiredService<IOptions<CrawlerOptions>>().Value));

        // The host's defaults add a resilience handler to all clients; two of them would multiply the retries.
#pragma warning disable EXTEXP0001
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddHttpMessageHandler(provider => new CheckedRedirectHandler(new(Options(provider, board))));
        client.AddHttpMessageHandler(provider => new RobotsHandler(
            board, new(Options(provider, board)), provider.GetRequiredService<RobotsCache>()));
        client.AddStandardResilienceHandler().Configure((resilience, provider) =>
            BoardResilience.Configure(resilience, Options(provider, board)));
        client.AddHttpMessageHandler(provider => new PoliteHandler(
            provider.GetRequiredService<IHostLimiter>(), Options(provider, board), provider.GetRequiredService<TimeProvider>()));
        client.AddHttpMessageHandler(provider => new BoundedAnswerHandler(
            Options(provider, board).PageTimeout, provider.GetRequiredService<TimeProvider>()));
    }

    private static BoardOptions Options(IServiceProvider provider, string board) =>
        provider.GetRequiredService<IOptionsMonitor<BoardOptions>>().Get(board);
}
