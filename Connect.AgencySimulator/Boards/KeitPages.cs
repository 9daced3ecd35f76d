using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

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
        <div class="page_num">{{Pager(page)}}</div>
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

    /// <summary>A pager with arrows; "next" is the page after this one, not the next ten.</summary>
    private static string Pager(PageOf page)
    {
        var isFirst = page.Number <= 1;
        var isLast = page.Number >= page.Pages;
        return Link(isFirst ? null : 1, "&laquo;") + Link(isFirst ? null : page.Number - 1, "&lsaquo;")
            + page.Window.Numbers(static number => Link(number, $"{number}"))
            + Link(isLast ? null : page.Number + 1, "&rsaquo;") + Link(isLast ? null : page.Pages, "&raquo;");

        static string Link(int? number, string text) => number is null
            ? $"<a href=\"javascript:void(0);\" class=\"disabled\">{text}</a>\n"
            : $"<a href=\"retrieveTaskAnncmListView.do?prgmId=XPG201040000&amp;pageIndex={number}\">{text}</a>\n";
    }
}
