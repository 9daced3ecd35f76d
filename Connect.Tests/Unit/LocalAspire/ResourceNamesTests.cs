using Aspire.Hosting.ApplicationModel;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class ResourceNamesTests
{
    [Theory]
    [InlineData("api")]
    [InlineData("scraper-worker")]
    [InlineData("Cache2")]
    public void Name_is_accepted_when_it_is_ascii(string name) => ResourceNames.Validate(name);

    [Theory]
    [InlineData("")]
    [InlineData("2api")]
    [InlineData("-api")]
    [InlineData("api-")]
    [InlineData("scraper--worker")]
    [InlineData("scraper_worker")]
    [InlineData("scraper.worker")]
    [InlineData("공고")]
    public void Name_is_refused_when_aspire_would_refuse_it(string name) =>
        Assert.Throws<ArgumentException>(() => ResourceNames.Validate(name));

    [Fact]
    public void Name_is_refused_when_it_is_too_long() =>
        Assert.Throws<ArgumentException>(() => ResourceNames.Validate(new string('a', 65)));
}
