using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>Lists that are no pages, JSON and feeds, as interfaces really answer them.</summary>
public sealed class InterfaceListsTests
{
    private static readonly Uri Address = new("https://board.example/api/list");

    [Theory]
    [InlineData("""{"data":[{"no":7,"name":"공고"}],"pages":2}""", true)]
    [InlineData("\n  {\"pages\":\"2\",\"data\":[{\"no\":\"7\",\"name\":\" 공고 \"},],}", true)]
    [InlineData("""{"data":[{"no":7,"name":"공고","other":{"deep":[1,{"a":null}]}}],"pages":1}""", false)]
    [InlineData("""{"data":[{"no":7,"name":"공고"}],"pages":null}""", false)]
    [InlineData("""{"data":[{"no":7,"name":"&#44277;고<script>alert(1)</script>"}]}""", false)]
    public void Row_is_read_when_its_json_is_odd(string json, bool hasNext)
    {
        var page = Read(Json(), json);

        var row = Assert.Single(page.Rows).Row!;
        Assert.Equal(("공고", "https://board.example/view?id=7"), (row.Title, row.Address.AbsoluteUri));
        Assert.Equal(hasNext, page.HasNext);
    }

    [Theory]
    [InlineData("""{"no":7}""", "no title")]
    [InlineData("""{"no":7,"name":""}""", "no title")]
    [InlineData("""{"no":7,"name":["공고"]}""", "no title")]
    [InlineData("""{"no":7,"name":"\ud83d"}""", "no title")]
    [InlineData("""{"name":"공고"}""", "no link to a detail page")]
    [InlineData("""{"no":null,"name":"공고"}""", "no link to a detail page")]
    [InlineData("7", "no title")]
    [InlineData("null", "no title")]
    public void Row_costs_only_itself_when_its_json_makes_no_sense(string row, string reason)
    {
        var page = Read(Json(), $$"""{"data":[{{row}},{"no":8,"name":"다음"}]}""");

        Assert.Equal(new("page 1, row 1", reason), page.Rows[0].Error);
        Assert.Equal("다음", page.Rows[1].Row!.Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>로그인이 필요합니다.</body></html>")]
    [InlineData("""{"data":{"no":7}}""")]
    [InlineData("""{"result":{"code":"SERVICE_KEY_IS_NOT_REGISTERED_ERROR"}}""")]
    [InlineData("""[1,2""")]
    [InlineData("null")]
    public void List_is_lost_when_the_json_has_no_array(string json) =>
        Assert.Equal(BoardFailure.LayoutLost, Assert.Throws<BoardException>(() => Read(Json(), json)).Kind);

    [Fact]
    public void List_is_empty_when_its_array_is() => Assert.Empty(Read(Json(), """{"data":[],"pages":1}""").Rows);

    [Fact]
    public void Json_is_refused_when_it_is_nested_without_end() =>
        Assert.Throws<BoardException>(() => Read(Json(), $"{{\"data\":{new string('[', 200_000)}"));

    [Theory]
    [InlineData("""<rss><channel><item><title>공고</title><link>/view?id=7&amp;page=2</link></item></channel></rss>""")]
    [InlineData("""<?xml version="1.0" encoding="euc-kr"?><!DOCTYPE rss SYSTEM "x.dtd"><rss xmlns:dc="urn:dc"><channel><item><title><![CDATA[공<b>고</b>]]></title><link> https://board.example/view?id=7 </link><dc:date>2026-01-01</dc:date></item></channel></rss>""")]
    [InlineData("""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&amp;#44277;고</title><link rel="self" href="/self"/><link rel="alternate" href="/view?id=7"/></entry></feed>""")]
    [InlineData("""<response><header/><body><items><item><title>공고</title><link>view?id=7</link></item></items></body></response>""", "https://board.example/api/view?id=7")]
    public void Item_is_read_when_its_feed_is_odd(string xml, string address = "https://board.example/view?id=7")
    {
        var row = Assert.Single(Read(Feed(), xml).Rows).Row!;

        Assert.Equal(("공고", address), (row.Title, row.Address.AbsoluteUri));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>점검 중입니다.</body></html>")]
    [InlineData("<rss><channel><item>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><rss><channel><title>&b;</title></channel></rss>")]
    public void List_is_lost_when_it_is_no_feed(string xml) =>
        Assert.Equal(BoardFailure.LayoutLost, Assert.Throws<BoardException>(() => Read(Feed(), xml)).Kind);

    [Theory]
    [InlineData("TEST", true)]
    [InlineData("test 1", true)]
    [InlineData("테스트", true)]
    [InlineData("(TEST) 2026년 공고", true)]
    [InlineData("[테스트] 공고", true)]
    [InlineData("공고 등록 테스트 입니다.", true)]
    [InlineData("2026년 테스트베드 구축 과제 공고", false)]
    [InlineData("2026년 소프트웨어 테스트 기술개발 공고", false)]
    [InlineData("Test bed support 2026", false)]
    public void Row_is_none_when_its_board_is_only_tried(string title, bool isTest) =>
        Assert.Equal(isTest, Read(Json(), $$"""{"data":[{"no":7,"name":"{{title}}"}]}""").Rows.IsEmpty);

    [Fact]
    public void Lists_never_throw_anything_else_when_they_are_anything()
    {
        var random = new Random(20261130);
        string[] pieces = ["{", "}", "[", "]", "\"data\":", "\"no\":7", ",", "<rss>", "<item>", "<title>", "공고", "</title>", "</item>", "&", "<![CDATA[", "]]>", "\0", "\uD800", "\uFFFF", "<!--", "null", "1e999", "\"\\ud83d\":1", "\"name\":\"\\ud83d\""];
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            text = i % 2 == 0 ? text : $$"""{"data":[{"no":{{i}},{{pieces[^(1 + random.Next(2))]}},"name":"공고"}]}""";
            foreach (var board in (BoardOptions[])[Json(), Feed(), BoardParsers.Plain()])
            {
                var failure = Record.Exception(() => Read(board, text));
                Assert.True(failure is null or BoardException, $"{text}: {failure}");
                Assert.NotEmpty(LayoutFindings.OfList(text, board));
            }
        }
    }

    private static ListPage Read(BoardOptions board, string text) => BoardParsers.List(board, text, Address, 1);

    private static BoardOptions Json() => new()
    {
        BaseAddress = new("https://board.example"),
        ListPath = "/api/list",
        Shape = BoardShape.Json,
        Json = new() { Items = "data", Pages = "pages", Arguments = "no" },
        Row = { [RowField.Title] = "name" },
        Paging = new() { Parameter = "page" },
        DetailPath = "/view?id={0}",
    };

    private static BoardOptions Feed() => new() { BaseAddress = new("https://board.example"), ListPath = "/api/list", Shape = BoardShape.Feed };
}
