using System.Text;
using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>IITP: title in the second cell, date in the third, a pager.</summary>
internal sealed class IitpPages : BoardPages
{
    public override Board Board => Board.IITP;

    public override string ListPath => "/iitp/kr/1/business/businessApiView.it";

    public override string DetailPath => "/iitp/kr/1/business/businessApiDetail.it";

    public override string IdParameter => "articleSeq";

    public override string PageParameter => "page";

    public override string List(PageOf page, DateTimeOffset now) => Document(
        "사업공고 - 정보통신기획평가원",
        $$"""
        <table class="board_list">
        <thead><tr><th>번호</th><th>제목</th><th>등록일</th><th>상태</th></tr></thead>
        <tbody>
        {{(page.Rows.Count == 0 ? "<tr><td colspan=\"4\">등록된 글이 없습니다.</td></tr>" : Each(page.Rows, (row, i) =>
            $"<tr><td>{page.RowNumber(i, PageSize)}</td><td class=\"subject\"><a href=\"{DetailPath}?articleSeq={row.Id}\">{TitleOf(row)}</a></td><td>{Day(row.Published)}</td><td>{Status(row)}</td></tr>\n"))}}
        </tbody></table>
        <div class="paging">{{Pager(page, n => $"{ListPath}?page={n}")}}</div>
        """);

    public override string Detail(Announcement announcement) => Document(
        "사업공고 - 정보통신기획평가원",
        $$"""
        <div class="board_view"><h3>{{TitleOf(announcement)}}</h3>
        <table class="info"><tbody>
        {{Each(Fields(announcement), (field, _) => $"<tr><th scope=\"row\">{Encode(field.Label)}</th><td>{Encode(field.Value)}</td></tr>\n")}}</tbody></table>
        <div class="contents">{{Paragraphs(announcement)}}</div>
        <ul class="files">{{Each(announcement.Attachments, (name, i) => $"<li><a href=\"/iitp/file/{announcement.Id}/{i}\">{Encode(name)}</a></li>\n")}}</ul>
        </div>
        """);
}

/// <summary>TIPA: title in the third cell, date in the fourth, EUC-KR, relative links with session ids.</summary>
internal sealed class TipaPages : BoardPages
{
    private const string Session = ";jsessionid=A1B2C3D4E5F60718293A4B5C6D7E8F90.node1";

    public override Board Board => Board.TIPA;

    public override string ListPath => "/tipa/front/ifg/no/notice02_list.do";

    public override string DetailPath => "/tipa/front/ifg/no/notice02_detail.do";

    public override string IdParameter => "ancmId";

    public override Encoding Encoding => KoreanPages.EucKr;

    public override string List(PageOf page, DateTimeOffset now) => Document(
        "중소기업 기술개발사업 종합관리시스템",
        $$"""
        <table class="tbl_list">
        <thead><tr><th>번호</th><th>사업구분</th><th>제목</th><th>등록일</th><th>상태</th></tr></thead>
        <tbody>
        {{(page.Rows.Count == 0 ? "<tr><td colspan=\"5\">조회된 데이터가 없습니다.</td></tr>" : Each(page.Rows, (row, i) =>
            $"<tr><td>{page.RowNumber(i, PageSize)}</td><td>기술개발</td><td class=\"tl\"><a href=\"./notice02_detail.do{Session}?ancmId={row.Id}&amp;buclYy=\">{TitleOf(row)}</a></td><td>{Wordings.Text(row.Published, "yyyy.MM.dd")}</td><td>{Status(row)}</td></tr>\n"))}}
        </tbody></table>
        <div class="paging">{{Pager(page, n => $"notice02_list.do{Session}?pageIndex={n}")}}</div>
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
}

/// <summary>KIMST: title in the second cell, date in the fourth, everything on one page.</summary>
internal sealed class KimstPages : BoardPages
{
    public override Board Board => Board.KIMST;

    public override string ListPath => "/kimst/u/news/inform_01/pjtAnuc.do";

    public override string DetailPath => "/kimst/u/news/inform_01/pjtAnucView.do";

    public override string IdParameter => "seq";

    public override int PageSize => int.MaxValue;

    public override string List(PageOf page, DateTimeOffset now) => Document(
        "사업공고 | 해양수산과학기술진흥원",
        $$"""
        <div id="contents"><table class="bbs_list">
        <thead><tr><th>No</th><th>제목</th><th>담당부서</th><th>등록일</th><th>상태</th></tr></thead>
        <tbody>
        {{(page.Rows.Count == 0 ? "<tr><td colspan=\"5\">게시물이 없습니다.</td></tr>" : Each(page.Rows, (row, i) =>
            $"<tr><td>{page.Total - i}</td><td><a href=\"pjtAnucView.do?seq={row.Id}\">{TitleOf(row)}</a></td><td>사업관리실</td><td>{Day(row.Published)}</td><td>{Status(row)}</td></tr>\n"))}}
        </tbody></table></div>
        """);

    public override string Detail(Announcement announcement) => Document(
        "사업공고 | 해양수산과학기술진흥원",
        $$"""
        <div id="contents"><div class="bbs_view"><h4>{{TitleOf(announcement)}}</h4>
        <ul class="view_info">
        {{Each(Fields(announcement), (field, _) => $"<li><strong>{Encode(field.Label)}</strong> : {Encode(field.Value)}</li>\n")}}</ul>
        <div class="view_con">{{Paragraphs(announcement)}}</div>
        <div class="view_file">{{Each(announcement.Attachments, (name, i) => $"<a href=\"/kimst/cmm/fms/FileDown.do?sn={i}\">{Encode(name)}</a>\n")}}</div>
        </div></div>
        """);
}

/// <summary>KEIT: blocks instead of a table.</summary>
internal sealed class KeitPages : BoardPages
{
    public override Board Board => Board.KEIT;

    public override string ListPath => "/keit/srome/biz/perform/opnnPrpsl/retrieveTaskAnncmListView.do";

    public override string DetailPath => "/keit/srome/biz/perform/opnnPrpsl/retrieveTaskAnncmInfoView.do";

    public override string IdParameter => "ancmId";

    public override string List(PageOf page, DateTimeOffset now) => Document(
        "R&amp;D 지원시스템",
        $$"""
        <div class="ancm_list">
        {{(page.Rows.Count == 0 ? "<p class=\"no_data\">조회된 공고가 없습니다.</p>" : Each(page.Rows, (row, _) =>
            $"""
            <div class="ancm_item"><div class="subject"><a href="retrieveTaskAnncmInfoView.do?ancmId={row.Id}&amp;prgmId=XPG201040000">{TitleOf(row)}</a></div>
            <ul class="info"><li><span>공고일</span> {Day(row.Published)}</li><li><span>상태</span> {Status(row)}</li></ul></div>

            """))}}
        </div>
        <div class="page_num">{{Pager(page, n => $"retrieveTaskAnncmListView.do?prgmId=XPG201040000&amp;pageIndex={n}")}}</div>
        """);

    public override string Detail(Announcement announcement) => Document(
        "R&amp;D 지원시스템",
        $$"""
        <div class="ancm_view"><div class="view_title">{{TitleOf(announcement)}}</div>
        <dl class="view_info">
        {{Each(Fields(announcement), (field, _) => $"<dt>{Encode(field.Label)}</dt><dd>{Encode(field.Value)}</dd>\n")}}</dl>
        <div class="view_text">{{Paragraphs(announcement)}}</div>
        <div class="view_files">{{Each(announcement.Attachments, (name, i) => $"<a href=\"#\" onclick=\"fn_down({i})\">{Encode(name)}</a>\n")}}</div>
        </div>
        """);
}
