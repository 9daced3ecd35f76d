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

    public override bool TagsDetails => true;

    public override string List(PageOf page, DateTimeOffset now) => Document(
        "사업공고 - 정보통신기획평가원",
        $$"""
        <table class="board_list">
        <thead><tr><th>번호</th><th>제목</th><th>등록일</th><th>상태</th></tr></thead>
        <tbody>
        {{(page.Rows.Count == 0 ? "<tr><td colspan=\"4\">등록된 글이 없습니다.</td></tr>" : Each(page.Rows, (row, i) =>
            $"<tr><td>{page.RowNumber(i, PageSize)}</td><td class=\"subject\"><a href=\"{DetailPath}?articleSeq={row.Id}\">{TitleOf(row)}</a></td><td>{Day(row.Published)}</td><td>{Status(row)}</td></tr>\n"))}}
        </tbody></table>
        <div class="paging">{{Pager(page.Window)}}</div>
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

    /// <summary>A pager of links; arrows without a target are plain text.</summary>
    private string Pager(PagerWindow window)
    {
        return Link(window.Before is null ? null : 1, "first", "처음") + Link(window.Before, "prev", "이전")
            + window.Numbers(number => $"<a href=\"{ListPath}?page={number}\">{number}</a>\n")
            + Link(window.After, "next", "다음") + Link(window.After is null ? null : window.Pages, "last", "마지막");

        string Link(int? number, string name, string text) => number is null
            ? $"<span class=\"{name}\">{text}</span>\n"
            : $"<a class=\"{name}\" href=\"{ListPath}?page={number}\">{text}</a>\n";
    }
}
