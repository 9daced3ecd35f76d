using System.Globalization;
using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>NTIS: a table of eight columns, turned with a form; details as "label : value" lists under a generic browser title.</summary>
internal sealed class NtisPages : BoardPages
{
    private const string BrowserTitle = "국가R&amp;D통합공고 | 국가과학기술지식정보서비스";

    public override Board Board => Board.NTIS;

    public override string ListPath => "/ntis/rndgate/eg/un/ra/mng.do";

    public override string DetailPath => "/ntis/rndgate/eg/un/ra/view.do";

    public override string IdParameter => "roRndUid";

    public override bool TagsDetails => true;

    public override string List(PageOf page, DateTimeOffset now) => Document(
        BrowserTitle,
        $$"""
        <form id="searchForm" name="searchForm" action="{{ListPath}}" method="post">
        <input type="hidden" id="pageIndex" name="pageIndex" value="{{page.Number}}">
        <input type="hidden" id="pageUnit" name="pageUnit" value="10">
        <input type="hidden" id="flag" name="flag" value="rndList">
        </form>
        <p class="total">총 <strong>{{page.Total}}</strong>건</p>
        <table class="basic_list">
        <caption>국가R&amp;D통합공고 목록</caption>
        <thead><tr><th><input type="checkbox" id="checkAll"></th><th>순번</th><th>현황</th><th>공고명</th><th>부처명</th><th>접수일</th><th>마감일</th><th>D-day</th></tr></thead>
        <tbody>
        {{Rows(page, now)}}</tbody>
        </table>
        <div class="pagination">
        {{Pager(page.Window)}}</div>
        """);

    public override string Detail(Announcement announcement) => Document(
        BrowserTitle,
        $$"""
        <div class="notice_area"><div class="notice_view">
        <h1 class="ditail_tit">{{TitleOf(announcement)}}</h1>
        <div class="summary1"><ul>
        <li><span>공고형태 : </span>
            통합공고
        </li>
        <li><span>부처명 : </span>{{Encode(announcement.Ministry)}}</li>
        <li style="width:400px"><span>공고기관명 : </span>{{Encode(announcement.Agency)}}</li>
        </ul></div>
        <div class="summary2"><ul>
        <li><span>공고일 : </span>{{Wordings.Text(announcement.Published, "yyyy.MM.dd")}}</li>
        <li><span>접수일 : </span>
            {{Wordings.Text(announcement.Start, "yyyy.MM.dd")}}
        </li>
        <li><span>마감일 :</span>
            {{Deadline(announcement)}}
        </li>
        {{Hour(announcement)}}</ul></div>
        <div class="summary1"><ul>
        <li><span>공고유형 : </span>본공고</li>
        <li><span>공고금액 : </span>
            {{Eok(announcement)}}<span class="unit">억원
        </span></li>
        </ul></div>
        <div class="summary2"><ul><li style="width: 100%;"><span>문의처 : </span>044-000-0000</li></ul></div>
        <div class="summary_file"><span>첨부파일</span><ul>
        {{Each(announcement.Attachments, (name, i) => $"<li><a href=\"/ntis/rndgate/eg/cmm/file/download.do\" onclick=\"javascript:fn_fileDownload('{announcement.Id + i}'); return false;\">{Encode(name)}</a></li>\n")}}</ul></div>
        <div class="notice_cont"><h3>공고내용</h3>
        <div class="se-contents">
        {{Paragraphs(announcement)}}{{Each(BodyFields(announcement), (field, _) => $"<p>○ {Encode(field.Label)} : {Encode(field.Value)}</p>\n")}}<script>document.write('예산 : 1억원');</script>
        </div>
        </div>
        </div></div>
        """);

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

    private static string Rows(PageOf page, DateTimeOffset now) =>
        page.Rows.Count == 0
            ? "<tr><td colspan=\"8\">검색된 공고가 없습니다.</td></tr>\n"
            : Each(page.Rows, (row, i) =>
                $"""
                <tr><td><input type="checkbox" name="chk" value="{row.Id}"></td><td>{page.RowNumber(i, 10)}</td><td>{Status(row)}</td>
                <td class="left"><a href="view.do?roRndUid={row.Id}&amp;flag=rndList">{TitleOf(row)}</a></td>
                <td>{Encode(row.Ministry)}</td><td>{Wordings.Text(row.Start, "yyyy.MM.dd")}</td><td>{Deadline(row)}</td><td>{DDay(row, now)}</td></tr>

                """);

    private static string Deadline(Announcement announcement) =>
        announcement.Deadline.Value is { } value ? value.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture) : "";

    private static string Hour(Announcement announcement) =>
        announcement.Deadline.Value is { Second: 0 } value
            ? $"<li><span>접수마감시간 :</span>\n{value.ToString("HH:mm", CultureInfo.InvariantCulture)}\n</li>\n"
            : "";

    private static string DDay(Announcement announcement, DateTimeOffset now) =>
        announcement.Deadline.Value is { } value && !announcement.Closed
            ? string.Create(CultureInfo.InvariantCulture, $"D-{Math.Max(0, (int)(value.Date - now.Date).TotalDays)}")
            : "";

    /// <summary>
    /// 공고금액 has only the program's total in 억, with two decimals. Any other amount stands in the text, and 0 here.
    /// </summary>
    private static string Eok(Announcement announcement) =>
        FitsEok(announcement.Budget) ? (announcement.Budget.Won!.Value / 100_000_000m).ToString("#,##0.##", CultureInfo.InvariantCulture) : "0";

    private static bool FitsEok(BudgetText budget) =>
        budget.Won is { } won && won % 1_000_000 == 0 && budget.Label is "지원규모" or "총사업비" or "총연구비(억원)"
        && !budget.Text.Contains("과제당", StringComparison.Ordinal);

    private static IEnumerable<(string Label, string Value)> BodyFields(Announcement announcement)
    {
        string[] shown = ["소관부처", "전문기관", "공고일", "접수상태", announcement.Deadline.Label];
        return Fields(announcement).Where(field =>
            !shown.Contains(field.Label) && !(field.Label == announcement.Budget.Label && FitsEok(announcement.Budget)));
    }
}
