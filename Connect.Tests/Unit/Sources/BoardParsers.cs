using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>The known boards' pages, read without a worker around.</summary>
internal static class BoardParsers
{
    /// <summary>The options of an agency's board.</summary>
    public static BoardOptions Options(Agency agency)
    {
        var options = new BoardOptions { BaseAddress = new("https+http://agency-simulator"), ListPath = "/list" };
        KnownBoards.Describe(agency, options);
        return options;
    }

    public static ListPage List(Agency agency, string page, Uri address, int number) => List(Options(agency), page, address, number);

    public static ListPage List(BoardOptions board, string page, Uri address, int number) => board.Shape is BoardShape.Blocks
        ? BlockBoardListParser.Parse(page, address, number, board)
        : TableBoardListParser.Parse(page, address, number, board);

    public static DetailPage? Detail(Agency agency, string page) => DetailPage.Read(page, Options(agency).Detail);
}
