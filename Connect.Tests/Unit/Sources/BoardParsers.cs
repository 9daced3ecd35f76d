using Connect.Domain.Programs;
using Connect.ScraperWorker.Sources;
using Connect.ScraperWorker.Sources.BlockBoards;
using Connect.ScraperWorker.Sources.Layouts;
using Connect.ScraperWorker.Sources.Pages;
using Connect.ScraperWorker.Sources.TableBoards;

namespace Connect.Tests.Unit.Sources;

/// <summary>The known boards' pages, read without a worker around.</summary>
internal static class BoardParsers
{
    /// <summary>The options of an agency's board.</summary>
    public static SourceOptions Options(Agency agency)
    {
        var options = new SourceOptions { BaseAddress = new("https+http://agency-simulator"), ListPath = "/list" };
        KnownBoards.Describe(agency, options);
        return options;
    }

    public static ListPage List(Agency agency, string page, Uri address, int number) => List(Options(agency), page, address, number);

    public static ListPage List(SourceOptions board, string page, Uri address, int number) => board.Shape is BoardShape.Blocks
        ? BlockBoardListParser.Parse(page, address, number, board)
        : TableBoardListParser.Parse(page, address, number, board);

    public static DetailPage? Detail(Agency agency, string page) => DetailPage.Read(page, Options(agency).Detail);
}
