using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Inspect;

/// <summary>
/// A board's client as the worker has it, robots.txt and allowed hosts included. Without a database it keeps the host's rate by itself:
/// it is the only one that asks. Settings of the environment count as they do for the worker (<c>Sources__NTIS__BaseAddress</c>).
/// </summary>
internal sealed class OpenBoard : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly HttpClient _http;

    public OpenBoard(KnownLayout layout)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        configuration.GetSection($"{BoardOptions.SectionName}:{layout.Name}").Bind(layout.Board);
        var services = new ServiceCollection().AddLogging().AddSingleton<IHostLimiter, LonelyHostLimiter>()
            .AddSingleton<IOptionsMonitor<BoardOptions>>(new OneBoard(layout.Board));
        services.AddBoardHttp(configuration);
        services.AddBoardClient(layout.Name, layout.Name);
        _services = services.BuildServiceProvider();
        _http = _services.GetRequiredService<IHttpClientFactory>().CreateClient(layout.Name);
        (Board, Client) = (layout.Board, new(_http, layout.Board));
    }

    /// <summary>The board.</summary>
    public BoardOptions Board { get; }

    /// <summary>Its client.</summary>
    public BoardClient Client { get; }

    public void Dispose()
    {
        _http.Dispose();
        _services.Dispose();
    }

    private sealed class OneBoard(BoardOptions board) : IOptionsMonitor<BoardOptions>
    {
        public BoardOptions CurrentValue => board;

        public BoardOptions Get(string? name) => board;

        public IDisposable? OnChange(Action<BoardOptions, string?> listener) => null;
    }

    // One request after the other, each followed by the host's rest.
    private sealed class LonelyHostLimiter(TimeProvider time) : IHostLimiter
    {
        private readonly Dictionary<string, DateTimeOffset> _free = [];

        public async Task WaitAsync(string host, TimeSpan spacing, TimeSpan longestPause, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var free = _free.GetValueOrDefault(host, now);
            if (free - now > longestPause)
            {
                throw new BoardException($"{host} asked for a pause until {free:u}", BoardFailure.PausedByHost);
            }

            _free[host] = (free > now ? free : now) + spacing;
            if (free > now)
            {
                await Task.Delay(free - now, time, cancellationToken);
            }
        }

        public Task PauseAsync(string host, TimeSpan pause, CancellationToken cancellationToken)
        {
            _free[host] = time.GetUtcNow() + pause;
            return Task.CompletedTask;
        }
    }
}
