using System.Text;
using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>TIPA: title in the third cell, date in the fourth, EUC-KR, relative links with session ids.</summary>
internal sealed class TipaPages : BoardPages
{
    private const string Session = ";jsessionid=A1B2C3D4E5F60718293A4B5C6D7E8F90.node1";

    public override Board Board => Board.TIPA;

    public override string ListPath => "/tipa/front/ifg/no/notice02_list.do";

    public override string DetailPath => "/tipa/front/ifg/no/notice02_detail.do";

    public override string IdParameter => "ancmId";

    public override Encoding Encoding => KoreanPages.EucKr;

    public override bool DatesDetails => true;

    public override string List(PageOf page, DateTimeOffset now) => Document(
        "중소기업 기술개발사업 종합관리시스템",
        $$"""
        <table class="tbl_list">
        <thead><tr><th>번호</th><th>사업구분</th><th>제목</th><th>등록일</th><th>상태</th></tr></thead>
        <tbody>
        {{(page.Rows.Count == 0 ? "<tr><td colspan=\"5\">조회된 데이터가 없습니다.</td></tr>" : Each(page.Rows, (row, i) =>
            $"<tr><td>{page.RowNumber(i, PageSize)}</td><td>기술개발</td><td class=\"tl\"><a href=\"./notice02_detail.do{Session}?ancmId={row.Id}&amp;buclYy=\">{TitleOf(row)}</a></td><td>{Wordings.Text(row.Published, "yyyy.MM.dd")}</td><td>{Status(row)}</td></tr>\n"))}}
        </tbody></table>
        <div class="paging">{{Pager(page.Window)}}</div>
        """,
        "euc-kr");

    public override string Detail(Announcement announcement) => Document(
        "중소기업 기술개발사업 종합관리시스템",
        $$"""
        <div class="view_wrap"><p class="tit">{{TitleOf(announcement)}}</p>
        <table class="tbl_view"><tbody>
        {{Each(Fields(announcement), (field, _) => $"<tr><th>{Encode(field.Label)}</th><td>{Encode(field.Value)}</td></tr>\n")}}</tbody></table>
        <div class="cont_box">{{Paragraphs(announcement)}}</div>
        <div class="add_file">{{Each(announcement.Attachments, (name, i) => $"<a href=\"./download.do?fileSn={announcement.Id + i}\">{Encode(name)}</a><br>\n")}}</div>
        </div>
        """,
        "euc-kr");

    /// <summary>
    /// A pager of pictures in links; arrows without a target are links too, with a script that says so.
    /// </summary>
    private static string Pager(PagerWindow window)
    {
        return Link(window.Before is null ? null : 1, "pre_end", "처음") + Link(window.Before, "pre", "이전 10페이지")
            + window.Numbers(static number => $"<a href=\"{Address(number)}\">{number}</a>\n")
            + Link(window.After, "next", "다음 10페이지") + Link(window.After is null ? null : window.Pages, "next_end", "마지막");

        static string Address(int number) => $"notice02_list.do{Session}?pageIndex={number}";

        static string Link(int? number, string name, string text)
        {
            var (shown, address) = number is { } page ? (name, Address(page)) : ($"{name} disabled", "#none");
            return $"<a class=\"{shown}\" href=\"{address}\"><img src=\"/tipa/images/btn_{name}.gif\" alt=\"{text}\"></a>\n";
        }
    }
}
