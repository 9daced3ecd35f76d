using System.IO.Compression;
using System.Net;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Http;
using Connect.Testing.Servers;
using Connect.Tests.Unit.Sources.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Functional.Boards;

/// <summary>The whole HTTP pipeline against a server with harmful answers.</summary>
public sealed class AnswerTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Page_is_refused_when_it_is_too_large_only_after_decompression(string encoding)
    {
        await using var server = await StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream compressed = encoding switch
            {
                "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
                "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
                _ => new ZLibStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            };
            for (var i = 0; i < 100; i++)
            {
                await compressed.WriteAsync(new byte[Mebibyte], context.RequestAborted);
            }
        });
        using var board = Board(server);

        var failure = await board.FailAsync();

        Assert.Equal(BoardFailure.BrokenContent, failure.Kind);

        // Asked for the rules and once for the page: another try would be as large.
        Assert.Equal(2, board.Limiter.Taken.Count);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Page_is_refused_when_it_is_not_encoded_as_it_says(string encoding)
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.WriteAsync("<html>글</html>", context.RequestAborted);
        });
        using var board = Board(server);

        Assert.Equal(BoardFailure.BrokenContent, (await board.FailAsync()).Kind);
    }

    [Fact]
    public async Task Page_is_refused_when_it_says_that_it_is_too_large()
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.ContentLength = BoundedAnswerHandler.MaxBytes + 1;
            return context.Response.StartAsync(context.RequestAborted);
        });
        using var board = Board(server);

        Assert.Equal(BoardFailure.BrokenContent, (await board.FailAsync()).Kind);
    }

    [Fact]
    public async Task Page_is_refused_when_its_headers_are_too_long()
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.Headers["X-Long"] = new string('a', 40 * 1024);
            return Task.CompletedTask;
        });
        using var board = Board(server);

        Assert.Equal(BoardFailure.BrokenContent, (await board.FailAsync()).Kind);
    }

    [Fact]
    public async Task Page_is_read_when_it_is_as_large_as_it_may_be()
    {
        await using var server = await StartAsync(context =>
            context.Response.WriteAsync(new string('a', (int)BoundedAnswerHandler.MaxBytes), context.RequestAborted));
        using var board = Board(server);

        Assert.Equal((int)BoundedAnswerHandler.MaxBytes, (await board.GetAsync())!.Length);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Board_is_refused_when_its_name_resolves_to_a_loopback_address(string host)
    {
        var requests = 0;
        await using var server = await StartAsync(_ =>
        {
            requests++;
            return Task.CompletedTask;
        });
        var address = new UriBuilder(server.Urls.Single()) { Host = host }.Uri.AbsoluteUri;
        using var board = new BoardPipeline(null, settings: ("BaseAddress", address));

        var failure = await board.FailAsync();

        Assert.Equal(BoardFailure.Refused, failure.Kind);
        Assert.Equal($"the host {host} has no public address", failure.Message);
        Assert.Equal(0, requests);
        Assert.Single(board.Limiter.Taken);
    }

    [Fact]
    public async Task Crawl_ends_when_the_board_is_at_an_address_that_is_not_public()
    {
        await using var boards = new BoardsHarness(settings: new() { ["Sources:NTIS:AllowPrivateAddresses"] = "false" });

        var failure = await Assert.ThrowsAsync<BoardException>(() => boards.ReadAsync(Agency.NTIS));

        Assert.Equal(BoardFailure.Refused, failure.Kind);
    }

    private static BoardPipeline Board(WebApplication server) =>
        new(null, settings: [("BaseAddress", server.Urls.Single()), ("AllowPrivateAddresses", "true")]);

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var server = LoopbackServer.Create();
        server.Run(context =>
        {
            if (context.Request.Path == "/robots.txt")
            {
                context.Response.StatusCode = (int)HttpStatusCode.NotFound;
                return Task.CompletedTask;
            }

            return answer(context);
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
