using Connect.ScraperWorker.Crawl;

namespace Connect.Tests.Unit.Sources;

public sealed class MovingAddressesTests
{
    [Fact]
    public async Task Rows_are_known_when_only_their_places_have_changed()
    {
        var moving = new MovingAddresses(new Known("/v?id=1&seq=1&menu=5", "/v?id=2&seq=2&menu=5", "/v?id=3&seq=3&menu=5"));

        Assert.Equal(
            [("/v?id=1&seq=2&menu=5", "/v?id=1&seq=1&menu=5"), ("/v?id=2&seq=3&menu=5", "/v?id=2&seq=2&menu=5")],
            await SettleAsync(moving, "/v?id=9&seq=1&menu=5", "/v?id=1&seq=2&menu=5", "/v?id=2&seq=3&menu=5"));

        // Learnt for the rest of the crawl, whatever the share of moved rows.
        Assert.Equal([("/v?id=3&seq=4&menu=5", "/v?id=3&seq=3&menu=5")], await SettleAsync(moving, "/v?id=3&seq=4&menu=5", "/v?id=7&seq=5&menu=5", "/v?id=8&seq=6&menu=5"));
    }

    [Fact]
    public async Task Two_parameters_are_places_when_both_have_changed()
    {
        var moving = new MovingAddresses(new Known("/v?a=1&id=1&b=10", "/v?a=2&id=2&b=20"));

        Assert.Equal([("/v?a=2&id=1&b=20", "/v?a=1&id=1&b=10"), ("/v?a=3&id=2&b=30", "/v?a=2&id=2&b=20")], await SettleAsync(moving, "/v?a=2&id=1&b=20", "/v?a=3&id=2&b=30"));
    }

    [Theory]
    [InlineData("/v?id=1&seq=1", "/v?id=2&seq=2", "/v?id=3&seq=1", "/v?id=4&seq=2")]
    [InlineData("/v?id=1&round=1", "/v?id=2&round=1", "/v?id=1&round=2", "/v?id=3&round=1", "/v?id=4&round=1", "/v?id=5&round=1")]
    [InlineData("/v?id=1", "/v?id=2", "/v?id=3", "/v?id=4")]
    [InlineData("/v/1", "/v/2", "/v/3", "/v/4")]
    public async Task Rows_are_new_when_what_differs_is_their_own(string first, string second, params string[] page) =>
        Assert.Empty(await SettleAsync(new MovingAddresses(new Known(first, second)), page));

    [Fact]
    public async Task Nothing_is_looked_for_when_the_rows_are_known()
    {
        var known = new Known("/v?id=1&seq=1", "/v?id=2&seq=2");

        Assert.Empty(await new MovingAddresses(known).SettleAsync(
            Titled("/v?id=1&seq=1", "/v?id=2&seq=2", "/v?id=3&seq=3"), address => address != "/v?id=3&seq=3", TestContext.Current.CancellationToken));
        Assert.Equal(0, known.Asked);
    }

    [Fact]
    public async Task Board_of_new_rows_is_searched_a_few_times_only()
    {
        var known = new Known("/v?id=1&seq=1");
        var moving = new MovingAddresses(known);
        for (var page = 1; page <= 10; page++)
        {
            Assert.Empty(await SettleAsync(moving, $"/v?id={page}1&seq=8", $"/v?id={page}2&seq=9"));
        }

        Assert.Equal(3, known.Asked);
    }

    private static async Task<IEnumerable<(string, string)>> SettleAsync(MovingAddresses moving, params string[] page) =>
        (await moving.SettleAsync(Titled(page), static _ => false, TestContext.Current.CancellationToken)).Select(static pair => (pair.Key, pair.Value)).Order();

    // Each id has a title of its own.
    private static Dictionary<string, string> Titled(params string[] addresses) =>
        addresses.ToDictionary(static address => address, static address => $"공고 {address.Split("id=").ElementAtOrDefault(1)?.Split('&')[0] ?? address}");

    private sealed class Known(params string[] addresses) : IKnownPostings
    {
        public int Asked { get; private set; }

        public Task<IReadOnlyDictionary<string, KnownPosting>> FindKnownAsync(IReadOnlyCollection<string> asked, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, string>> FindTitlesAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult<IReadOnlyDictionary<string, string>>(Titled(addresses));
        }
    }
}
