using Connect.Domain.Programs;

namespace Connect.ScraperWorker.Boards;

/// <summary>
/// The layouts of the known boards. Configuration overrides them value by value; any other board is described by
/// configuration alone.
/// </summary>
internal static class KnownBoards
{
    /// <summary>Fills in the layout of an agency's board; does nothing where the board is not known.</summary>
    public static void Describe(Agency agency, BoardOptions board)
    {
        switch (agency)
        {
            // 정보통신기획평가원: title in the second cell, date in the third.
            case Agency.IITP:
                board.Shape = BoardShape.Table;
                board.DefaultMinistry = "과학기술정보통신부";
                board.Table = new() { TitleColumn = 1, DateColumn = 2, StatusColumn = 3 };
                board.Paging = new() { Parameter = "page", Pager = ".paging" };
                board.Detail = Detail(".board_view", "h3", "table.info", ".contents", ".files a");
                break;

            // 한국산업기술기획평가원: blocks, and definition lists above the text.
            case Agency.KEIT:
                board.Shape = BoardShape.Blocks;
                board.DefaultMinistry = "산업통상자원부";
                board.Blocks = new() { List = ".ancm_list", Item = ".ancm_item", Link = ".subject a", Fields = ".info li", Label = "span" };
                board.Paging = new() { Parameter = "pageIndex", Pager = ".page_num" };
                board.Detail = Detail(".ancm_view", ".view_title", "dl.view_info", ".view_text", ".view_files a");
                break;

            // 중소기업기술정보진흥원: title in the third cell, date in the fourth, links with session ids.
            case Agency.TIPA:
                board.Shape = BoardShape.Table;
                board.DefaultMinistry = "중소벤처기업부";
                board.Table = new() { TitleColumn = 2, DateColumn = 3, StatusColumn = 4 };
                board.Paging = new() { Parameter = "pageIndex", Pager = ".paging" };
                board.Detail = Detail(".view_wrap", ".tit", "table.tbl_view", ".cont_box", ".add_file a");
                break;

            // 해양수산과학기술진흥원: title in the second cell, date in the fourth, one page.
            case Agency.KIMST:
                board.Shape = BoardShape.Table;
                board.DefaultMinistry = "해양수산부";
                board.Table = new() { TitleColumn = 1, DateColumn = 3, StatusColumn = 4 };
                board.Detail = Detail("#contents .bbs_view", "h4", "ul.view_info", ".view_con", ".view_file a");
                break;

            // The national portal: eight columns, the first one without use, and announcements of every ministry.
            case Agency.NTIS:
                board.Shape = BoardShape.Portal;
                board.Table = new()
                {
                    Headings = "공고명, 부처명, 마감일",
                    Columns = 8,
                    StatusColumn = 2,
                    TitleColumn = 3,
                    MinistryColumn = 4,
                    StartColumn = 5,
                    DeadlineColumn = 6,
                };
                board.Paging = new() { Parameter = "pageIndex", Pager = ".pagination", Form = "pageUnit=10&flag=rndList" };
                board.Detail = new()
                {
                    Heading = ".notice_view h1",
                    Fields = ".notice_view .summary1, .notice_view .summary2",
                    Body = ".notice_cont .se-contents, .notice_cont",
                    Attachments = ".summary_file li a",
                };
                break;
        }
    }

    private static DetailLayout Detail(string view, string heading, string fields, string body, string attachments) => new()
    {
        Heading = $"{view} {heading}",
        Fields = $"{view} {fields}",
        Body = $"{view} {body}",
        Attachments = $"{view} {attachments}",
    };
}
