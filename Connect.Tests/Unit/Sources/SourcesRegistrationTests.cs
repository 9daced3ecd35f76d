using Connect.Core.Programs;
using Connect.ScraperWorker.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Sources;

public sealed class SourcesRegistrationTests
{
    [Fact]
    public void Sources_are_only_those_that_are_enabled()
    {
        using var services = Services(("Sources:NTIS:Enabled", "true"), ("Sources:KIMST:Enabled", "true"), ("Sources:IITP:Enabled", "false"));

        Assert.Equal([Agency.NTIS, Agency.KIMST], services.GetServices<IAnnouncementSource>().Select(source => source.Agency));
    }

    [Theory]
    [InlineData("BaseAddress", null)]
    [InlineData("ListPath", "no/slash")]
    [InlineData("MaxPages", "0")]
    [InlineData("RequestsPerMinute", "0")]
    [InlineData("PageTimeout", "01:00:00")]
    [InlineData("Retries", "100")]
    public void Options_are_refused_when_they_make_no_sense(string name, string? value)
    {
        using var services = Services(
            ("Sources:NTIS:Enabled", "true"),
            ("Sources:NTIS:BaseAddress", "https://board.example"),
            ("Sources:NTIS:ListPath", "/list"),
            ($"Sources:NTIS:{name}", value));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptionsMonitor<SourceOptions>>().Get("NTIS"));
    }

    [Fact]
    public void Client_is_honest_when_it_names_itself()
    {
        using var services = Services(
            ("Sources:NTIS:Enabled", "true"), ("Sources:NTIS:BaseAddress", "https://board.example"), ("Sources:NTIS:ListPath", "/list"));
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(SourcesRegistration.ClientName(Agency.NTIS));

        Assert.Equal("ConnectBot/0.1", client.DefaultRequestHeaders.UserAgent.ToString());
        Assert.Equal(10, services.GetRequiredService<IOptionsMonitor<SourceOptions>>().Get("NTIS").RequestsPerMinute);
    }

    private static ServiceProvider Services(params (string Key, string? Value)[] settings)
    {
        // Later ones win, as in configuration files.
        Dictionary<string, string?> values = [];
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        return new ServiceCollection().AddLogging().AddAnnouncementSources(configuration).BuildServiceProvider();
    }
}
