using System.Globalization;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>An announcement's page on NTIS: "label : value" lists under a generic browser title.</summary>
internal static class NtisDetail
{
    public static string Write(Announcement announcement) =>
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
            {{LastDay(announcement, "yyyy.MM.dd")}}
        </li>
        {{Hour(announcement)}}</ul></div>
        <div class="summary1"><ul>
        <li><span>공고유형 : </span>본공고</li>
        <li><span>공고금액 : </span>
            {{Eok(announcement.Budget)}}<span class="unit">억원
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
        """;

    /// <summary>The amount in the field 공고금액, in won; 0 where it is not stated there.</summary>
    public static long Stated(BudgetText budget) => FitsEok(budget) ? budget.Won!.Value : 0;

    private static string Hour(Announcement announcement) =>
        announcement.Deadline.Value is { Second: 0 } value
            ? $"<li><span>접수마감시간 :</span>\n{value.ToString("HH:mm", CultureInfo.InvariantCulture)}\n</li>\n"
            : "";

    /// <summary>
    /// 공고금액 has only the program's total in 억, with two decimals. Any other amount stands in the text, and 0 here.
    /// </summary>
    private static string Eok(BudgetText budget) => (Stated(budget) / 100_000_000m).ToString("#,##0.##", CultureInfo.InvariantCulture);

    private static bool FitsEok(BudgetText budget) =>
        budget.Won is { } won && won % 1_000_000 == 0 && budget.Label is "지원규모" or "총사업비" or "총연구비(억원)"
        && !budget.Text.Contains("과제당", StringComparison.Ordinal);

    private static IEnumerable<(string Label, string Value)> BodyFields(Announcement announcement)
    {
        string[] shown = ["소관부처", "전문기관", "공고일", "접수상태", announcement.Deadline.Label];
        return AnnouncementFields.Of(announcement).Where(field =>
            !shown.Contains(field.Label) && !(field.Label == announcement.Budget.Label && FitsEok(announcement.Budget)));
    }
}
