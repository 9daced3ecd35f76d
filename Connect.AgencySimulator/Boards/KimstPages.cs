using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>KIMST: title in the second cell, date in the fourth, everything on one page.</summary>
internal sealed class KimstPages : BoardPages
{
    public override Board Board => Board.KIMST;

    public override string ListPath => "/kimst/u/news/inform_01/pjtAnuc.do";

    public override string DetailPath => "/kimst/u/news/inform_01/pjtAnucView.do";

    public override string IdParameter => "seq";

    public override int PageSize => int.MaxValue;

    public override bool TagsDetails => true;

    public override bool DatesDetails => true;

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
