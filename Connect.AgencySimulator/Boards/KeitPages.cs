using System.Globalization;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>
/// KEIT, on SROME: a block for each announcement, with the call of a script in place of a link, and badges for the
/// status, for the days that are left, and before some titles.
/// </summary>
internal sealed class KeitPages : BoardPages
{
    private const string Empty = "<div class=\"table_box\"><p class=\"no_data\">조회된 공고가 없습니다.</p></div>";
    private const string Folder = "/keit/srome/biz/perform/opnnPrpsl/";

    public override Board Board => Board.KEIT;

    public override IEnumerable<ListRoute> Lists => [new($"{Folder}retrieveTaskAnncmListView.do", List)];

    public override IEnumerable<DetailRoute> Details =>
    [
        new($"{Folder}retrieveTaskAnncmInfoView.do", "ancmId", KeitDetail.Write) { IdPrefix = KeitDetail.IdPrefix },
        new($"{Folder}{KeitDetail.TextPage}", "ancmId", KeitDetail.WriteText) { IdPrefix = KeitDetail.IdPrefix },
    ];

    public static string List(PageOf page) => Document(
        KeitDetail.BrowserTitle,
        $$"""
        <div class="table_list">
        {{(page.Rows.Count == 0 ? Empty : Each(page.Rows, (row, i) => Block(row, page.RowNumber(i), page.Now)))}}
        </div>
        <div class="page_num">{{Pager(page)}}</div>
        """);

    private static string Block(Announcement row, int number, DateTimeOffset now) =>
        $"""
        <div class="table_box">
        <div class="table_box_wrap">
        <p class="no">{number}</p>
        <div class="table_box_detail">
        <p class="banner"><span class="badge">{Status(row, now)}</span></p>
        <p class="subject"><a href="#" onclick="f_detail('{KeitDetail.IdPrefix}{row.Id}', '{row.Published.Year}'); return false;">{Badge(row, now)}<span class="title">{TitleOf(row)}</span></a></p>
        <div class="info">
        <p><span class="label">접수기간</span><span class="value">{Period(row)}</span></p>
        <p><span class="label">등록일</span><span class="value">{Day(row.Published)}</span></p>
        </div>
        </div>
        <div class="table_box_btn"><span class="badge">{DDay(row, now)}</span></div>
        </div>
        </div>

        """;

    /// <summary>Every third announcement is on IRIS too, and says so in front of its title.</summary>
    private static string Badge(Announcement row, DateTimeOffset now) =>
        row.Id % 3 == 0 ? $"<span class=\"badge\">IRIS 공고 {Status(row, now)}</span>" : "";

    private static string Period(Announcement row) => row.Deadline switch
    {
        { Value: not null } => $"{Day(row.Start)} 09:00 ~ {row.Deadline.Last!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}",
        { Text.Length: > 0 } => row.Deadline.Text,
        _ => $"{Day(row.Start)} 09:00 ~",
    };

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
