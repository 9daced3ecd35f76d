using System.Globalization;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>
/// KIMST: a table of four columns without a status, where every row leads to IRIS, and an address that changes with the
/// phase of applications.
/// </summary>
internal sealed class KimstPages : BoardPages
{
    /// <summary>The menu of the site, with a session in its links.</summary>
    private const string Menu =
        """
        <h1 id="logo"><a href="/kimst/u/main.do;jsessionid=KweWn0xT6b4Lq.www-webwas_servlet_engine1">해양수산과학기술진흥원</a></h1>
        <ul class="menu"><li><a href="/kimst/u/rnd/guide_01/business.do;jsessionid=KweWn0xT6b4Lq.www-webwas_servlet_engine1?bsn_dt=2026">사업안내</a></li></ul>
        """;

    public override Board Board => Board.KIMST;

    public override IEnumerable<ListRoute> Lists => [new("/kimst/u/news/inform_01/pjtAnuc.do", List) { PageParameter = "page" }];

    public static string List(PageOf page) => Document(
        "사업공고 | 해양수산과학기술진흥원",
        $$"""
        {{Menu}}
        <div class="content-header"><h2 class="content-title">사업공고</h2></div>
        <div class="content-body">
        <form name="form" onsubmit="javascript:fnFormSubmit();">
        <div class="bbs-list-header"><p class="bbs-total">총 게시물 : <span>{{page.Total}}</span>건</p></div>
        <div class="wide-scroll"><div class="wide-scroll-inner">
        <table class="table table-list">
            <caption class="tts">사업공고 목록이며 공고번호, 공고명, 공고시작일, 접수기간 정보 제공</caption>
            <colgroup>
                <col style="width:10%">
                <col>
                <col style="width:14%">
                <col style="width:20%">
            </colgroup>
            <thead>
                <tr>
                    <th scope="col">공고번호</th>
                    <th scope="col">공고명</th>
                    <th scope="col">공고시작일</th>
                    <th scope="col">접수기간</th>
                </tr>
            </thead>
            <tbody>
        {{(page.Rows.Count == 0 ? "<tr><td colspan=\"4\">게시물이 없습니다.</td></tr>\n" : Each(page.Rows, (row, _) => Row(row, page.Now)))}}
            </tbody>
        </table>
        </div></div>
        <div class="pagination">
            <input type="hidden" name="page" id="page" value="{{page.Number}}">
        {{Pager(page.Window)}}</div>
        </form>
        </div>
        """);

    private static string Row(Announcement row, DateTimeOffset now) =>
        $"""
        <tr>
            <td>IRIS{row.Published.Year}{row.Id % 1_000_000:D6}</td>
            <td class="text-left"><a href="{IrisPages.AddressOf(row, now)}" target="_blank">{TitleOf(row)}</a></td>
            <td>{Day(row.Published)}</td>
            <td>{Day(row.Start)} ~ {LastDay(row, "yyyy-MM-dd")}</td>
        </tr>

        """;

    /// <summary>A pager of script calls under the address "#"; the arrow before the first ten pages calls nothing.</summary>
    private static string Pager(PagerWindow window)
    {
        return Link(1, "처음", "direction first") + Link(window.Before, "이전", "direction prev")
            + window.Numbers(static number => Link(number, number.ToString(CultureInfo.InvariantCulture)))
            + Link(window.After, "다음", "direction next") + Link(window.Pages, "끝", "direction last");

        static string Link(int? number, string text, string? name = null)
        {
            var (call, style) = (number is null ? "" : $"fnPage({number});", name is null ? "" : $" class=\"{name}\"");
            return $"<a href=\"#\" onclick=\"{call}return false;\"{style}>{text}</a>\n";
        }
    }
}
