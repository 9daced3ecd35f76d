using System.Text;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>
/// TIPA, on SMTECH: EUC-KR, statuses as pictures, relative links with a session and the page that they stand on, and
/// among its own rows some of IRIS, which lead nowhere.
/// </summary>
internal sealed class TipaPages : BoardPages
{
    private const string BrowserTitle = "중소기업 기술개발사업 종합관리시스템";
    private const string Own = "smtech";
    private const string Session = ";jsessionid=A1B2C3D4E5F60718293A4B5C6D7E8F90.node1";

    /// <summary>The table of the hidden layer to log in, on every page. Its classes are those of the list.</summary>
    private const string Login =
        """
        <div id="loginLayer" style="display:none"><table class="tbl_base tbl_type01">
        <caption>로그인</caption>
        <tbody><tr><th scope="row">아이디</th><td><input type="text" name="id"></td></tr>
        <tr><th scope="row">비밀번호</th><td><input type="password" name="pwd"></td></tr></tbody></table></div>
        """;

    private static readonly string[] Headings = ["번호", "시스템구분", "사업명", "제목", "접수기간", "공고일", "상태"];

    public override Board Board => Board.TIPA;

    public override IEnumerable<ListRoute> Lists =>
        [new("/tipa/front/ifg/no/notice02_list.do", List) { Size = 15, FilterParameter = "sysGubun" }];

    public override IEnumerable<DetailRoute> Details => [new("/tipa/front/ifg/no/notice02_detail.do", "ancmId", Detail)];

    public override Encoding Encoding => KoreanPages.EucKr;

    public override bool DatesDetails => true;

    public override Rows RowsOf(BoardSnapshot snapshot, string filter, DateTimeOffset now)
    {
        var own = Rows.Of(snapshot.On(Board.TIPA));
        return filter == Own ? own : own.Mixed(snapshot.On(Board.IRIS));
    }

    public static string List(PageOf page) => Document(
        BrowserTitle,
        $$"""
        {{Login}}
        <div class="right">
        <table class="tbl_base tbl_type01">
        <caption>사업공고 목록</caption>
        <thead><tr>{{Each(Headings, (heading, _) => $"<th scope=\"col\">{heading}</th>")}}</tr></thead>
        <tbody>
        {{(page.Rows.Count == 0 ? "<tr><td colspan=\"7\">조회된 데이터가 없습니다.</td></tr>" : Each(page.Rows, (row, i) => Row(row, i, page)))}}
        </tbody></table>
        <div class="paging">{{Pager(page)}}</div>
        </div>
        """,
        "euc-kr");

    public static string Detail(Announcement announcement) => Document(
        BrowserTitle, Login + TipaDetail.Write(announcement), "euc-kr");

    private static string Row(Announcement row, int index, PageOf page)
    {
        var isOwn = row.Board == Board.TIPA;
        var address = isOwn
            ? $"./notice02_detail.do{Session}?buclYy=&amp;ancmId={row.Id}&amp;dtlAncmSn=1&amp;pageIndex={page.Number}&amp;searchCondition=&amp;searchKeyword="
            : "javascript:goMove()";
        var status = Status(row, page.Now);
        return $"<tr><td>{page.RowNumber(index)}</td><td>{(isOwn ? "SMTECH" : "IRIS")}</td><td>{TipaDetail.Program}</td>"
            + $"<td class=\"tl\"><a href=\"{address}\">{TitleOf(row)}</a></td><td>{Period(row)}</td><td>{Day(row.Published)}</td>"
            + $"<td><img src=\"/tipa/images/{Picture(row.PhaseAt(page.Now))}.gif\" alt=\"{status}\"></td></tr>\n";
    }

    private static string Period(Announcement row) => row.Deadline is { Value: null, Text.Length: > 0 } rolling
        ? rolling.Text
        : $"{Wordings.Text(row.Start, "yyyy. MM. dd")} ~ {LastDay(row, "yyyy. MM. dd")}";

    private static string Picture(Phase phase) => phase switch
    {
        Phase.Upcoming => "icon_pre",
        Phase.Open => "icon_ing",
        _ => "icon_end",
    };

    /// <summary>
    /// A pager of pictures in links; arrows without a target are links too, with a script that says so.
    /// </summary>
    private static string Pager(PageOf page)
    {
        var window = page.Window;
        var filter = page.Filter == Own ? $"sysGubun={Own}&amp;" : "";
        return Link(window.Before is null ? null : 1, "pre_end", "처음") + Link(window.Before, "pre", "이전 10페이지")
            + window.Numbers(number => $"<a href=\"{Address(number)}\">{number}</a>\n")
            + Link(window.After, "next", "다음 10페이지") + Link(window.After is null ? null : window.Pages, "next_end", "마지막");

        string Address(int number) => $"notice02_list.do{Session}?{filter}pageIndex={number}";

        string Link(int? number, string name, string text)
        {
            var (shown, address) = number is { } target ? (name, Address(target)) : ($"{name} disabled", "#none");
            return $"<a class=\"{shown}\" href=\"{address}\"><img src=\"/tipa/images/btn_{name}.gif\" alt=\"{text}\"></a>\n";
        }
    }
}
