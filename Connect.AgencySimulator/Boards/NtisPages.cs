using System.Globalization;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>
/// NTIS: a table of eight columns, turned with a form, where only the call of a script has an announcement's number; and
/// a feed of the newest announcements.
/// </summary>
internal sealed class NtisPages : BoardPages
{
    public const string ListPath = "/ntis/rndgate/eg/un/ra/mng.do";

    private const string BrowserTitle = "국가R&amp;D통합공고 | 국가과학기술지식정보서비스";
    private const string DetailPath = "/ntis/rndgate/eg/un/ra/view.do";

    private static readonly string[] Headings = ["순번", "현황", "공고명", "부처명", "접수일", "마감일", "D-day"];

    public override Board Board => Board.NTIS;

    public override IEnumerable<ListRoute> Lists =>
    [
        new(ListPath, List) { SizeParameter = "pageUnit" },
        new("/ntis/rndgate/unRndRss.xml", NtisFeed.Write)
        {
            Methods = [HttpMethods.Get],
            SizeParameter = "prt",
            Size = 100,
            MediaType = "application/xml",
        },
    ];

    public override IEnumerable<DetailRoute> Details => [new(DetailPath, "roRndUid", Detail)];

    public override bool TagsDetails => true;

    /// <summary>The address of an announcement.</summary>
    public static string AddressOf(Announcement announcement) => $"{DetailPath}?roRndUid={announcement.Id}";

    public static string List(PageOf page) => Document(
        BrowserTitle,
        $$"""
        <form id="searchForm" name="searchForm" action="{{ListPath}}" method="post">
        <input type="hidden" id="pageIndex" name="pageIndex" value="{{page.Number}}">
        <input type="hidden" id="pageUnit" name="pageUnit" value="{{page.Size}}">
        <input type="hidden" id="flag" name="flag" value="rndList">
        </form>
        <p class="total">총 <strong>{{page.Total}}</strong>건</p>
        <table class="basic_list">
        <caption>국가R&amp;D통합공고 목록</caption>
        <thead><tr>
        <th scope="col"><input type="checkbox" id="checkAll"></th>{{Each(Headings, (heading, _) => $"<th scope=\"col\">{heading}</th>")}}
        </tr></thead>
        <tbody>
        {{Rows(page)}}</tbody>
        </table>
        <div class="pagination">
        {{Pager(page.Window)}}</div>
        """);

    public static string Detail(Announcement announcement) => Document(BrowserTitle, NtisDetail.Write(announcement));

    /// <summary>
    /// The pager of the framework of government sites: script calls only, and no arrows for ten pages or fewer. On the
    /// last ten pages, "next" and "last" lead to the last page.
    /// </summary>
    private static string Pager(PagerWindow window)
    {
        var numbers = window.Numbers(static number => Link(number, number.ToString(CultureInfo.InvariantCulture)));
        return window is { Before: null, After: null }
            ? numbers
            : $"{Link(1, "[처음]")}{Link(window.Before ?? 1, "[이전]")}{numbers}{Link(window.After ?? window.Pages, "[다음]")}{Link(window.Pages, "[마지막]")}";

        static string Link(int number, string text) =>
            $"<a href=\"#\" onclick=\"fn_egov_link_page({number}); return false;\">{text}</a>\n";
    }

    private static string Rows(PageOf page) =>
        page.Rows.Count == 0
            ? "<tr><td colspan=\"8\">검색된 공고가 없습니다.</td></tr>\n"
            : Each(page.Rows, (row, i) => Row(row, page.RowNumber(i), page.Now));

    private static string Row(Announcement row, int number, DateTimeOffset now) =>
        $"""
        <tr>
            <td><input type="checkbox" name="selectCheckList"
                value="{row.Id}"
                title="{Encode(row.Title)}" /></td>
            <td data-title="순번" id="mo_disnone_td1">
                {number}
            </td>
            <td data-title="현황">

                <span style="color: {Colour(row.PhaseAt(now))};">{Status(row, now)}</span>

            </td>
            <td data-title="공고명" class="tl">
                <div
                    style="display: block; width: 490px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;">
                    <a
                        href="{DetailPath}"
                        onclick="javascript:fn_view('{row.Id}'); return false;"
                        title="{Encode(row.Title)}"> {TitleOf(row)}
                    </a>
                </div>
            </td>
            <td data-title="부처명">{Encode(row.Ministry)}</td>
            <td data-title="접수일">{Wordings.Text(row.Start, "yyyy.MM.dd")}</td>
            <td data-title="마감일">{LastDay(row, "yyyy.MM.dd")}</td>
            <td data-title="D-day" class="end">

                {DDay(row, now)}

            </td>
        </tr>

        """;

    private static string Colour(Phase phase) => phase switch
    {
        Phase.Upcoming => "blue",
        Phase.Open => "red",
        _ => "gray",
    };
}
