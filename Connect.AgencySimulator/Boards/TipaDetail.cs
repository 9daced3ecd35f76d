using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>An announcement's page on SMTECH: one table with everything, its text included.</summary>
internal static class TipaDetail
{
    /// <summary>The program in the column 사업명, the same for all: titles have its words too.</summary>
    public const string Program = "중소기업기술개발지원";

    public static string Write(Announcement announcement) =>
        $"""
        <div class="right">
        <table class="tbl_base tbl_type01">
        <caption>사업공고 상세</caption>
        <tbody>
        {Row("제목", TitleOf(announcement))}{Row("사업명", Program)}{Row("시행기관", Encode(announcement.Agency))}{Row("시작일자", Day(announcement.Start))}
        {Each(Fields(announcement), (field, _) => Row(Encode(field.Label), Encode(field.Value)))}
        {Row("내용", Pasted(announcement))}{Row("첨부파일", Files(announcement))}</tbody></table>
        </div>
        """;

    private static string Row(string label, string value) => $"<tr><th scope=\"row\">{label}</th><td>{value}</td></tr>\n";

    // 종료일자 comes behind 시작일자; an announcement without a last day has its words there.
    private static IEnumerable<(string Label, string Value)> Fields(Announcement announcement) =>
        AnnouncementFields.Of(announcement).OrderByDescending(field => field.Label == announcement.Deadline.Label);

    /// <summary>The text as word processors leave it in the clipboard: with elements that are not closed.</summary>
    private static string Pasted(Announcement announcement) =>
        "<div class=\"hwp_editor_board_content\"><font size=\"2\">"
        + Each(announcement.Body, (line, _) => $"<p class=\"0\" style=\"line-height:160%\"><span lang=\"EN-US\">{Encode(line)}\n");

    private static string Files(Announcement announcement) => Each(
        announcement.Attachments,
        (name, i) => $"<a href=\"javascript:cfn_AtchFileDownload('{announcement.Id + i}','/front','fileDownFrame')\">{Encode(name)}</a><br>\n");
}
