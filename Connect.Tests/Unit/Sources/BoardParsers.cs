using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>Boards' pages, read without a worker around.</summary>
internal static class BoardParsers
{
    /// <summary>The options of an agency's board, at the simulator's address.</summary>
    public static BoardOptions Options(Agency agency)
    {
        var options = Known(agency.ToString());
        (options.BaseAddress, options.ListPath) = (new("https+http://agency-simulator"), "/list");
        return options;
    }

    /// <summary>The options of a known board at its own address.</summary>
    public static BoardOptions Known(string name)
    {
        var options = new BoardOptions();
        KnownBoards.Describe(name, options);
        return options;
    }

    /// <summary>A board of no agency: a table of titles, dates and states, and facts above the text of its pages.</summary>
    public static BoardOptions Plain() => new()
    {
        BaseAddress = new("https+http://agency-simulator"),
        ListPath = "/list",
        Shape = BoardShape.Table,
        DefaultMinistry = "과학기술정보통신부",
        Paging = new() { Parameter = "page", Pager = ".paging" },
        Detail = new()
        {
            Heading = ".board_view h3",
            Fields = ".board_view table.info",
            Body = ".board_view .contents",
            Attachments = ".board_view .files a",
        },
    };

    public static ListPage List(Agency agency, string page, Uri address, int number) => List(Options(agency), page, address, number);

    public static ListPage List(BoardOptions board, string page, Uri address, int number) => ListPages.Parse(page, address, number, board);

    public static DetailPage? Detail(Agency agency, string page) => DetailPage.Read(page, Options(agency).Detail);

    public static DetailPage? PlainDetail(string page) => DetailPage.Read(page, Plain().Detail);
}
