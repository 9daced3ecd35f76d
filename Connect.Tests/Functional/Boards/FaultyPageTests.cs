using System.Net;
using Connect.Domain.Programs;

namespace Connect.Tests.Functional.Boards;

/// <summary>Each fault as it is on the wire.</summary>
public sealed class FaultyPageTests
{
    private static readonly string Path = BoardsHarness.ListPath(Agency.KEIT);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("status404", HttpStatusCode.NotFound, null)]
    [InlineData("status429", HttpStatusCode.TooManyRequests, "1")]
    [InlineData("status500", HttpStatusCode.InternalServerError, null)]
    public async Task Board_answers_a_problem_when_it_has_to_fail(string kind, HttpStatusCode expected, string? retryAfter)
    {
        await using var boards = new BoardsHarness();
        await boards.FailAsync(Agency.KEIT, kind, 1);

        using var response = await boards.Control.GetAsync(Path, CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(retryAfter, response.Headers.RetryAfter?.ToString());
    }

    [Theory]
    [InlineData("NTIS")]
    [InlineData("TIPA")]
    public async Task Page_is_cut_in_half_when_it_is_truncated(string board)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);
        var whole = await boards.Control.GetByteArrayAsync(BoardsHarness.ListPath(agency), CancellationToken);
        await boards.FailAsync(agency, "truncated", 1);

        using var response = await boards.Control.GetAsync(
            BoardsHarness.ListPath(agency), HttpCompletionOption.ResponseHeadersRead, CancellationToken);
        var (read, error) = await ReadAsync(response, long.MaxValue);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        Assert.Equal(whole[..(whole.Length / 2)], read);
        Assert.NotNull(error);
    }

    [Fact]
    public async Task Page_goes_on_when_it_is_oversized()
    {
        const int Enough = 6 * 1024 * 1024;
        await using var boards = new BoardsHarness();
        await boards.FailAsync(Agency.KEIT, "oversized", 1);

        using var response = await boards.Control.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, CancellationToken);
        var (read, error) = await ReadAsync(response, Enough);

        Assert.Null(response.Content.Headers.ContentLength);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.True(read.Length >= Enough);
        Assert.Null(error);
    }

    [Fact]
    public async Task Page_is_no_text_when_it_is_garbage()
    {
        await using var boards = new BoardsHarness();
        await boards.FailAsync(Agency.KEIT, "garbage", 1);

        using var response = await boards.Control.GetAsync(Path, CancellationToken);

        var bytes = await response.Content.ReadAsByteArrayAsync(CancellationToken);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.ToString());
        Assert.True(bytes.Distinct().Count() > 200);
    }

    [Fact]
    public async Task Faults_begin_when_as_many_requests_have_passed()
    {
        await using var boards = new BoardsHarness();
        await boards.FailAsync(Agency.KEIT, "status500", 2, after: 1);
        await boards.FailAsync(Agency.KEIT, "status404", 1, after: 3);
        await boards.FailAsync(Agency.NTIS, "status500", 1);

        Assert.Equal([200, 500, 500, 404, 200], await AskAsync(boards, 5));
        Assert.Equal(new RequestRow(5, 0, 0, 3), await boards.RequestsAsync(Agency.KEIT));
        Assert.Equal(new RequestRow(0, 0, 0, 0), await boards.RequestsAsync(Agency.NTIS));
    }

    [Fact]
    public async Task Faults_are_taken_back_when_they_are_deleted()
    {
        await using var boards = new BoardsHarness();
        await boards.FailAsync(Agency.KEIT, "status500", 100);
        await boards.FailAsync(Agency.KEIT, "status404", 100, after: 1);

        using var response = await boards.Control.DeleteAsync("/_simulator/faults", CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([200, 200, 200], await AskAsync(boards, 3));
    }

    private static async Task<List<int>> AskAsync(BoardsHarness boards, int times)
    {
        List<int> answers = [];
        for (var i = 0; i < times; i++)
        {
            using var response = await boards.Control.GetAsync(Path, CancellationToken);
            answers.Add((int)response.StatusCode);
        }

        return answers;
    }

    /// <summary>Reads until there is enough, the page ends or the connection breaks.</summary>
    private static async Task<(byte[] Read, Exception? Error)> ReadAsync(HttpResponseMessage response, long enough)
    {
        using var bytes = new MemoryStream();
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(CancellationToken);
            var buffer = new byte[64 * 1024];
            while (bytes.Length < enough && await body.ReadAsync(buffer, CancellationToken) is > 0 and var count)
            {
                bytes.Write(buffer, 0, count);
            }

            return (bytes.ToArray(), null);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return (bytes.ToArray(), exception);
        }
    }
}
