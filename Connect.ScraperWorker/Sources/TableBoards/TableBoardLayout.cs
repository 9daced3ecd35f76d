using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Pages;

namespace Connect.ScraperWorker.Sources.TableBoards;

/// <summary>A board that is a table. Columns are counted from 0.</summary>
/// <param name="Agency">Whose board it is.</param>
/// <param name="TitleColumn">The column with the title and the link.</param>
/// <param name="DateColumn">The column with the date of publication.</param>
/// <param name="StatusColumn">The column with 접수중 or 마감; null where the board has none.</param>
/// <param name="PageParameter">The query parameter with the page's number; null where there is but one page.</param>
/// <param name="Detail">The detail page.</param>
internal sealed record TableBoardLayout(
    Agency Agency, int TitleColumn, int DateColumn, int? StatusColumn, string? PageParameter, DetailLayout Detail)
{
    /// <summary>정보통신기획평가원: title in the second cell, date in the third.</summary>
    public static readonly TableBoardLayout Iitp = new(
        Agency.IITP, 1, 2, 3, "page", new(".board_view h3", ".board_view table.info", ".board_view .contents", ".board_view .files a"));

    /// <summary>중소기업기술정보진흥원: title in the third cell, date in the fourth, links with session ids.</summary>
    public static readonly TableBoardLayout Tipa = new(
        Agency.TIPA, 2, 3, 4, "pageIndex", new(".view_wrap .tit", ".view_wrap table.tbl_view", ".view_wrap .cont_box", ".view_wrap .add_file a"));

    /// <summary>해양수산과학기술진흥원: title in the second cell, date in the fourth, one page.</summary>
    public static readonly TableBoardLayout Kimst = new(
        Agency.KIMST, 1, 3, 4, null, new("#contents .bbs_view h4", "#contents .bbs_view ul.view_info", "#contents .bbs_view .view_con", "#contents .bbs_view .view_file a"));
}
