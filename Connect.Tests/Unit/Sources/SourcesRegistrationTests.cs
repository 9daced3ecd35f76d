using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Connect.Tests.Unit.Sources.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Sources;

public sealed class SourcesRegistrationTests
{
    [Fact]
    public void Sources_are_only_those_that_are_enabled()
    {
        using var services = Services(
            ("Sources:NTIS:Enabled", "true"),
            ("Sources:NTIS:BaseAddress", "https://board.example"),
            ("Sources:NTIS:ListPath", "/list"),
            ("Sources:KIMST:Enabled", "true"),
            ("Sources:KIMST:BaseAddress", "https://board.example"),
            ("Sources:KIMST:ListPath", "/list"),
            ("Sources:IITP:Enabled", "false"));

        Assert.Equal([Agency.KIMST, Agency.NTIS], services.GetServices<IAnnouncementSource>().Select(source => source.Agency));
    }

    [Theory]
    [InlineData("BaseAddress", null)]
    [InlineData("ListPath", "no/slash")]
    [InlineData("MaxPages", "0")]
    [InlineData("RequestsPerMinute", "0")]
    [InlineData("RequestsPerMinute", "1000001")]
    [InlineData("LongestPause", "00:00:00.500")]
    [InlineData("RunTimeout", "00:00:30")]
    [InlineData("PageTimeout", "01:00:00")]
    [InlineData("Retries", "100")]
    public void Options_are_refused_when_they_make_no_sense(string name, string? value)
    {
        using var services = Services(
            ("Sources:NTIS:Enabled", "true"),
            ("Sources:NTIS:BaseAddress", "https://board.example"),
            ("Sources:NTIS:ListPath", "/list"),
            ($"Sources:NTIS:{name}", value));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptionsMonitor<BoardOptions>>().Get("NTIS"));
    }

    [Theory]
    [InlineData(null, "ConnectBot/0.1.0")]
    [InlineData("", "ConnectBot/0.1.0")]
    [InlineData("https://connect.example/bot?x=1", "ConnectBot/0.1.0 (+https://connect.example/bot?x=1)")]
    [InlineData("bot@connect.example", "ConnectBot/0.1.0 (+bot@connect.example)")]
    public void Client_is_honest_when_it_names_itself(string? contact, string expected)
    {
        using var services = Services(
            ("Sources:Contact", contact),
            ("Sources:NTIS:Enabled", "true"),
            ("Sources:NTIS:BaseAddress", "https://board.example"),
            ("Sources:NTIS:ListPath", "/list"));
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(CrawlRegistration.ClientName(Agency.NTIS));

        Assert.Equal(expected, client.DefaultRequestHeaders.UserAgent.ToString());
        Assert.Equal(10, services.GetRequiredService<IOptionsMonitor<BoardOptions>>().Get("NTIS").RequestsPerMinute);
    }

    [Theory]
    [InlineData("me")]
    [InlineData("call me")]
    [InlineData("ftp://connect.example")]
    [InlineData("https://user:secret@connect.example")]
    [InlineData("https://connect.example/)(")]
    [InlineData("https://연결.example/")]
    [InlineData("bot@connect.example\r\nX-Evil: 1")]
    [InlineData("Bot <bot@connect.example>")]
    public void Contact_is_refused_when_it_is_no_address(string contact)
    {
        using var services = Services(("Sources:Contact", contact));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<CrawlerOptions>>().Value);
    }

    [Fact]
    public void Limiter_is_by_default_the_one_over_all_workers()
    {
        var services = new ServiceCollection().AddAnnouncementSources(new ConfigurationBuilder().Build());

        Assert.Equal(typeof(HostLimiter), services.Single(service => service.ServiceType == typeof(IHostLimiter)).ImplementationType);
    }

    [Theory]
    [InlineData(10, 6_000_000)]
    [InlineData(7, 8_571_429)]
    [InlineData(60_000, 1_000)]
    [InlineData(1_000_000, 60)]
    public void Spacing_is_in_whole_microseconds_when_the_rate_is_not(int requestsPerMinute, int microseconds) =>
        Assert.Equal(TimeSpan.FromMicroseconds(microseconds), new BoardOptions { RequestsPerMinute = requestsPerMinute }.Spacing);

    private static ServiceProvider Services(params (string Key, string? Value)[] settings)
    {
        // Later ones win, as in configuration files.
        Dictionary<string, string?> values = [];
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IHostLimiter, RecordingHostLimiter>().AddAnnouncementSources(configuration).BuildServiceProvider();
    }
}
