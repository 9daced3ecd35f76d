using System.Globalization;
using System.Net;
using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>The parts of pages that several boards write alike.</summary>
internal static class Markup
{
    public static string Encode(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);

    public static string TitleOf(Announcement announcement) => announcement.TitleHtml ?? Encode(announcement.Title);

    public static string Day(DateOnly day) => Wordings.Text(day, "yyyy-MM-dd");

    /// <summary>The status in a list: it follows the period of applications.</summary>
    public static string Status(Announcement announcement, DateTimeOffset now) => announcement.PhaseAt(now) switch
    {
        Phase.Upcoming => "접수예정",
        Phase.Open => "접수중",
        _ => "마감",
    };

    /// <summary>The last day of applications in a format; empty where there is none.</summary>
    public static string LastDay(Announcement announcement, string format) =>
        announcement.Deadline.Last?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The days that are left for an announcement in its list; empty where none are counted.</summary>
    public static string DDay(Announcement announcement, DateTimeOffset now) =>
        announcement.Deadline.Last is { } last && announcement.PhaseAt(now) != Phase.Over
            ? string.Create(CultureInfo.InvariantCulture, $"D-{(int)(last.Date - now.Date).TotalDays}")
            : "";

    public static string Each<T>(IEnumerable<T> items, Func<T, int, string> write) => string.Concat(items.Select(write));

    public static string Paragraphs(Announcement announcement) =>
        Each(announcement.Body, (line, _) => $"<p style=\"line-height:160%\"><span>{Encode(line)}</span></p>\n");

    /// <summary>
    /// The page with the frame of its site. The script in its head has a date that only a reader of scripts would find.
    /// </summary>
    public static string Document(string title, string body, string charset = "UTF-8") =>
        $$"""
        <!DOCTYPE html>
        <html lang="ko">
        <head>
        <meta charset="{{charset}}">
        <title>{{title}}</title>
        <style>.hl { color: #06c; }</style>
        <script>var contextPath = ''; function fn_menu() { return '마감일 : 1999.01.01'; }</script>
        </head>
        <body>
        <div id="gnb"><ul><li><a href="#">알림</a></li><li><a href="#">사업공고</a></li></ul></div>
        {{body}}
        <div id="footer"><p>이 누리집은 개발과 시험에 쓰는 모의 누리집입니다.</p></div>
        </body>
        </html>
        """;
}
