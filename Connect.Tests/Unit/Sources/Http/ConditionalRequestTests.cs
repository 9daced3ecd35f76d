using System.Net;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class ConditionalRequestTests
{
    private const string Date = "Tue, 15 Nov 1994 12:45:26 GMT";

    private static readonly Uri Address = new("https://board.example/list");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"a\"", Date)]
    [InlineData("W/\"a b\"", null)]
    [InlineData(null, Date)]
    public async Task Validators_come_back_as_they_were_sent_when_the_page_is_asked_for_again(string? tag, string? date)
    {
        List<(string? Tag, string? Date)> asked = [];
        using var board = new BoardPipeline(request =>
        {
            asked.Add((Header(request, "If-None-Match"), Header(request, "If-Modified-Since")));
            return With(BoardPipeline.Page("글"), tag, date);
        });

        var page = await board.Client.GetAsync(Address, null, CancellationToken);
        await board.Client.GetAsync(Address, page!.Validators, CancellationToken);

        Assert.Equal(new PageValidators(tag, date), page.Validators);
        Assert.Equal(("글", false), (page.Text, page.NotModified));
        Assert.Equal([(null, null), (tag, date)], asked);
    }

    [Theory]
    [InlineData(null, "\"a\"")]
    [InlineData("\"b\"", "\"b\"")]
    public async Task Page_is_not_modified_when_the_server_says_so(string? sent, string expected)
    {
        using var board = new BoardPipeline(_ => With(BoardPipeline.Status(HttpStatusCode.NotModified), sent, null));

        var page = await board.Client.GetAsync(Address, new PageValidators("\"a\"", Date), CancellationToken);

        Assert.True(page!.NotModified);
        Assert.Empty(page.Text);
        Assert.Equal(new PageValidators(expected, Date), page.Validators);
    }

    [Theory]
    [InlineData("unquoted", "yesterday")]
    [InlineData("\"a", "0")]
    [InlineData("\"a\", \"b\"", "Thu, 01 Jan 1900 00:00:00 GMT")]
    public async Task Validators_are_dropped_when_they_make_no_sense(string tag, string date)
    {
        using var board = new BoardPipeline(request =>
        {
            Assert.Null(Header(request, "If-None-Match"));
            Assert.Null(Header(request, "If-Modified-Since"));
            return With(BoardPipeline.Page("글"), tag, date);
        });

        var page = await board.Client.GetAsync(Address, new PageValidators(tag, date), CancellationToken);

        Assert.Equal(default, page!.Validators);
    }

    [Fact]
    public async Task Validators_are_dropped_when_they_are_too_long()
    {
        var tag = $"\"{new string('a', 199)}\"";
        using var board = new BoardPipeline(_ => With(BoardPipeline.Page("글"), tag, null));

        Assert.Equal(default, (await board.Client.GetAsync(Address, null, CancellationToken))!.Validators);
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.Single() : null;

    private static HttpResponseMessage With(HttpResponseMessage response, string? tag, string? date)
    {
        if (tag is not null)
        {
            response.Headers.TryAddWithoutValidation("ETag", tag);
        }

        if (date is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Last-Modified", date);
        }

        return response;
    }
}
