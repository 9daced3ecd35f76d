using System.Net;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Sources.Http;

/// <summary>The client of the board <c>https://board.example</c> as the worker has it, but for the network and the clock's database.</summary>
internal sealed class BoardPipeline : IDisposable
{
    private const string NoRules = "User-agent: *\nAllow: /\n";

    private readonly ServiceProvider _services;
    private readonly HttpClient _http;

    /// <param name="answer">The network's answers; null for the real network.</param>
    /// <param name="robots">Whether robots.txt comes from <paramref name="answer"/>, too; else it allows everything.</param>
    /// <param name="time">The clock.</param>
    /// <param name="agency">The board's agency.</param>
    /// <param name="settings">Settings of the board, which win; those of all boards by their whole name.</param>
    public BoardPipeline(
        Func<HttpRequestMessage, HttpResponseMessage>? answer,
        bool robots = false,
        TimeProvider? time = null,
        Agency agency = Agency.NTIS,
        params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            [$"Sources:{agency}:Enabled"] = "true",
            [$"Sources:{agency}:BaseAddress"] = "https://board.example",
            [$"Sources:{agency}:ListPath"] = "/list",
            [$"Sources:{agency}:AllowedHosts:0"] = "files.example",
            [$"Sources:{agency}:RetryDelay"] = "00:00:00.001",
        };
        foreach (var (name, value) in settings)
        {
            values[name.StartsWith("Sources:", StringComparison.Ordinal) ? name : $"Sources:{agency}:{name}"] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IHostLimiter>(Limiter).AddSingleton(time ?? TimeProvider.System);
        services.AddAnnouncementSources(configuration);
        if (answer is not null)
        {
            services.AddHttpClient(CrawlRegistration.ClientName(agency))
                .ConfigurePrimaryHttpMessageHandler(() => new StubHandler(request => Answer(request, robots, answer)));
        }

        _services = services.BuildServiceProvider(validateScopes: true);
        _http = _services.GetRequiredService<IHttpClientFactory>().CreateClient(CrawlRegistration.ClientName(agency));
        Client = new(_http, _services.GetRequiredService<IOptionsMonitor<BoardOptions>>().Get(agency.ToString()));
    }

    public BoardClient Client { get; }

    /// <summary>The reader of the board, with such a client.</summary>
    public IAnnouncementSource Source => _services.GetRequiredService<IAnnouncementSource>();

    public RecordingHostLimiter Limiter { get; } = new();

    /// <summary>The requests to the network, in order, without those for robots.txt unless these are wanted.</summary>
    public List<string> Requests { get; } = [];

    public Task<string?> GetAsync(string path = "/list") =>
        Client.GetAsync(new(Client.BaseAddress, path), TestContext.Current.CancellationToken);

    public Task<BoardException> FailAsync(string path = "/list") =>
        Assert.ThrowsAsync<BoardException>(() => GetAsync(path));

    public static HttpResponseMessage Page(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text) };

    public static HttpResponseMessage Status(HttpStatusCode status) => new(status);

    public static HttpResponseMessage Redirect(string location, HttpStatusCode status = HttpStatusCode.Found) =>
        new(status) { Headers = { Location = new(location, UriKind.RelativeOrAbsolute) } };

    public void Dispose()
    {
        _http.Dispose();
        _services.Dispose();
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, bool robots, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        if (!robots && request.RequestUri!.AbsolutePath == "/robots.txt")
        {
            return Page(NoRules);
        }

        Requests.Add(request.RequestUri!.AbsoluteUri);
        return answer(request);
    }
}

internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(answer(request));
}
