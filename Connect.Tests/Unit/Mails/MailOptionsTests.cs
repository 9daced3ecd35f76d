using Connect.Data.Mails;
using Connect.ScraperWorker.Mails;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Mails;

public sealed class MailOptionsTests
{
    private static readonly Dictionary<string, string?> Whole = new()
    {
        ["Mail:Host"] = "smtp.example.kr",
        ["Mail:From"] = "connect@example.kr",
        ["Mail:PublicAddress"] = "https://connect.example.kr/app/",
        ["Mail:User"] = "connect",
        ["Mail:Password"] = "secret",
    };

    [Fact]
    public void Nothing_is_needed_without_a_server()
    {
        Assert.False(Availability([]).IsConfigured);
        Assert.False(Availability(new() { ["Mail:Host"] = "" }).IsConfigured);
    }

    [Theory]
    [InlineData("auth/confirmEmail?code=a%2Bb")]
    [InlineData("/auth/confirmEmail?code=a%2Bb")]
    public void Link_begins_with_the_public_address(string path) =>
        Assert.Equal("https://connect.example.kr/app/auth/confirmEmail?code=a%2Bb", Availability(Whole).LinkTo(path).AbsoluteUri);

    [Theory]
    [InlineData("Port", "0")]
    [InlineData("Port", "65536")]
    [InlineData("Security", "7")]
    [InlineData("From", null)]
    [InlineData("From", "Connect <connect@example.kr>")]
    [InlineData("From", "connect@example.kr\nBcc: all@example.kr")]
    [InlineData("FromName", "")]
    [InlineData("FromName", "Connect\r\nBcc: all@example.kr")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("TimeoutSeconds", "301")]
    [InlineData("PublicAddress", null)]
    [InlineData("PublicAddress", "connect.example.kr")]
    [InlineData("PublicAddress", "ftp://connect.example.kr")]
    [InlineData("PublicAddress", "https://connect.example.kr/?a=b")]
    [InlineData("Password", null)]
    [InlineData("User", null)]
    [InlineData("Security", "None")]
    [InlineData("PollInterval", "00:00:00.049")]
    [InlineData("FirstRetryDelay", "02:00:00")]
    [InlineData("MaxRetryDelay", "00:00:01")]
    [InlineData("MaxPerMinute", "0")]
    public void Setting_that_cannot_be_is_refused(string name, string? value)
    {
        Assert.True(Availability(Whole).IsConfigured);

        Assert.Throws<OptionsValidationException>(() => Availability(new(Whole) { [$"Mail:{name}"] = value }));
    }

    [Fact]
    public void Pause_doubles_up_to_its_bound_and_is_not_the_same_twice()
    {
        var options = new MailSendingOptions { FirstRetryDelay = TimeSpan.FromSeconds(20), MaxRetryDelay = TimeSpan.FromMinutes(15) };

        Assert.All([(1, 20), (2, 40), (5, 320), (6, 640), (7, 900), (1_000, 900)], pause => Assert.InRange(
            options.RetryDelay(pause.Item1), TimeSpan.FromSeconds(pause.Item2 / 2.0), TimeSpan.FromSeconds(pause.Item2)));
        Assert.True(Enumerable.Range(0, 10).Select(_ => options.RetryDelay(3)).Distinct().Count() > 1);
    }

    private static MailAvailability Availability(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddMailOutbox();
        services.AddMailSending();
        using var provider = services.BuildServiceProvider();
        _ = (provider.GetRequiredService<IOptions<MailOptions>>().Value, provider.GetRequiredService<IOptions<MailSendingOptions>>().Value);
        return new MailAvailability(provider.GetRequiredService<IOptions<MailOptions>>());
    }
}
