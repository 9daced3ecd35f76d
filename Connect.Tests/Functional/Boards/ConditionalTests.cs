using System.Globalization;
using System.Net;
using Connect.Domain.Programs;

namespace Connect.Tests.Functional.Boards;

public sealed class ConditionalTests
{
    private const string Tag = "ETag";
    private const string Date = "Last-Modified";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("NTIS", true, false)]
    [InlineData("IITP", true, false)]
    [InlineData("TIPA", false, true)]
    [InlineData("KIMST", true, true)]
    [InlineData("KEIT", false, false)]
    [InlineData("IRIS", true, true)]
    public async Task Detail_is_sent_once_when_its_board_tells_it_apart(string board, bool isTagged, bool isDated)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);
        var address = (await boards.ReadAsync(agency))[0].Announcement!.Url;

        using var first = await AskAsync(boards, address);
        using var again = await AskAsync(boards, address, Header(first, Tag), Header(first, Date));

        Assert.Equal((isTagged, isDated), (Header(first, Tag) is not null, Header(first, Date) is not null));
        Assert.NotEqual(true, first.Headers.ETag?.IsWeak);
        Assert.Equal(isTagged || isDated ? HttpStatusCode.NotModified : HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((Header(first, Tag), Header(first, Date)), (Header(again, Tag), Header(again, Date)));
        Assert.Equal(isTagged || isDated ? 1 : 0, (await boards.RequestsAsync(BoardsHarness.OwnerOf(agency))).NotModified);
        Assert.Equal(isTagged || isDated, (await again.Content.ReadAsByteArrayAsync(CancellationToken)).Length == 0);
    }

    [Theory]
    [InlineData("NTIS")]
    [InlineData("TIPA")]
    [InlineData("KIMST")]
    public async Task Detail_is_sent_again_when_it_was_changed(string board)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);
        Dictionary<string, (string? Tag, string? Date, string Page)> before = [];
        foreach (var row in await boards.ReadAsync(agency))
        {
            using var response = await AskAsync(boards, row.Announcement!.Url);
            var page = await response.Content.ReadAsStringAsync(CancellationToken);
            before[row.Announcement.Url] = (Header(response, Tag), Header(response, Date), page);
        }

        await boards.AdvanceAsync(changed: 100_000);

        var changed = 0;
        foreach (var (address, (tag, date, page)) in before)
        {
            using var response = await AskAsync(boards, address, tag, date);
            using var whole = await AskAsync(boards, address);
            var isChanged = await whole.Content.ReadAsStringAsync(CancellationToken) != page;
            changed += isChanged ? 1 : 0;
            Assert.Equal(isChanged ? HttpStatusCode.OK : HttpStatusCode.NotModified, response.StatusCode);
            Assert.True(
                date is null || !isChanged || whole.Content.Headers.LastModified > DateTimeOffset.Parse(date, CultureInfo.InvariantCulture));
        }

        Assert.InRange(changed, 3, before.Count);
    }

    [Fact]
    public async Task Tag_decides_when_a_time_is_sent_too()
    {
        await using var boards = new BoardsHarness();
        var address = (await boards.ReadAsync(Agency.KIMST))[0].Announcement!.Url;
        using var first = await AskAsync(boards, address);

        using var otherTag = await AskAsync(boards, address, "\"other\"", Header(first, Date));
        using var otherTime = await AskAsync(boards, address, $"\"other\", W/{Header(first, Tag)}", "Sat, 01 Jan 2000 00:00:00 GMT");
        using var anyTag = await AskAsync(boards, address, "*");
        using var noTime = await AskAsync(boards, address, since: "yesterday");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK],
            ((HttpResponseMessage[])[otherTag, otherTime, anyTag, noTime]).Select(response => response.StatusCode));
    }

    [Fact]
    public async Task Lists_are_always_sent_when_they_are_asked_for()
    {
        await using var boards = new BoardsHarness();
        foreach (var agency in BoardsHarness.Agencies)
        {
            using var response = await AskAsync(
                boards, BoardsHarness.ListPath(agency), "*", "Fri, 01 Jan 2100 00:00:00 GMT", agency == Agency.IITP ? HttpMethod.Post : HttpMethod.Get);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal((null, null), (Header(response, Tag), Header(response, Date)));
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(BoardsHarness boards, string address, string? tag = null, string? since = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (since is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        }

        return await boards.Control.SendAsync(request, CancellationToken);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;
}
