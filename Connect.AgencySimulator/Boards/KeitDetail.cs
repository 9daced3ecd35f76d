using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>An announcement's pages on SROME: its title in an input, its text in a frame with an address of its own.</summary>
internal static class KeitDetail
{
    public const string BrowserTitle = "R&amp;D 지원시스템";

    /// <summary>Announcements are numbered like I18835.</summary>
    public const string IdPrefix = "I";

    /// <summary>The page in the frame.</summary>
    public const string TextPage = "retrieveTaskAnncmCntnView.do";

    public static string Write(Announcement announcement) => Document(
        BrowserTitle,
        $$"""
        <div class="view_box">
        <p class="banner"><span class="badge">{{(announcement.Closed ? "마감" : "접수중")}}</span></p>
        <input type="text" id="bsnsAncmTl" name="bsnsAncmTl" value="{{Encode(announcement.Title)}}" readonly="readonly">
        <div class="info">
        {{Each(AnnouncementFields.Of(announcement), (field, _) => Field(field.Label, field.Value))}}{{Field("등록일", Day(announcement.Published))}}
        </div>
        <iframe id="contentFrame" title="공고내용" src="{{TextPage}}?ancmId={{IdPrefix}}{{announcement.Id}}&amp;bsnsYy={{announcement.Published.Year}}"></iframe>
        <div class="file_box">
        {{Each(announcement.Attachments, (name, i) => File(announcement.Id, i, name))}}</div>
        </div>
        """);

    /// <summary>The text alone, without the frame of the site.</summary>
    public static string WriteText(Announcement announcement) =>
        $"""
        <!DOCTYPE html>
        <html lang="ko">
        <head><meta charset="UTF-8"><title></title></head>
        <body>
        <div class="se-contents">{Paragraphs(announcement)}</div>
        </body>
        </html>
        """;

    private static string Field(string label, string value) =>
        $"<p><span class=\"label\">{Encode(label)}</span> <span class=\"val\">{Encode(value)}</span></p>\n";

    private static string File(int id, int number, string name) =>
        $"<a href=\"#\" onclick=\"f_itechFileDownload('{id}','{id + number}'); return false;\"><span>{Encode(name)}</span></a>\n";
}
