using System.Net;
using System.Text;
using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>One page of a list.</summary>
internal sealed record PageOf(IReadOnlyList<Announcement> Rows, int Number, int Pages, int Total)
{
    /// <summary>The running number that boards show in their first column.</summary>
    public int RowNumber(int index, int pageSize) => Total - ((Number - 1) * pageSize) - index;

    /// <summary>The numbers that its pager shows.</summary>
    public PagerWindow Window => new(Number, Pages);
}

/// <summary>The site of one agency: its paths, its list and its detail pages.</summary>
internal abstract class BoardPages
{
    public abstract Board Board { get; }

    public abstract string ListPath { get; }

    public abstract string DetailPath { get; }

    /// <summary>The query parameter with the announcement's id.</summary>
    public abstract string IdParameter { get; }

    /// <summary>The query or form parameter with the page's number.</summary>
    public virtual string PageParameter => "pageIndex";

    public virtual int PageSize => 10;

    public virtual Encoding Encoding => Encoding.UTF8;

    /// <summary>Whether detail pages have an entity tag.</summary>
    public virtual bool TagsDetails => false;

    /// <summary>Whether detail pages have <c>Last-Modified</c>.</summary>
    public virtual bool DatesDetails => false;

    public abstract string List(PageOf page, DateTimeOffset now);

    public abstract string Detail(Announcement announcement);

    protected static string Encode(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);

    protected static string TitleOf(Announcement announcement) => announcement.TitleHtml ?? Encode(announcement.Title);

    protected static string Day(DateOnly day) => Wordings.Text(day, "yyyy-MM-dd");

    protected static string Status(Announcement announcement) => announcement.Closed ? "마감" : "접수중";

    protected static string Each<T>(IEnumerable<T> items, Func<T, int, string> write) => string.Concat(items.Select(write));

    protected static string Paragraphs(Announcement announcement) =>
        Each(announcement.Body, (line, _) => $"<p style=\"line-height:160%\"><span>{Encode(line)}</span></p>\n");

    /// <summary>
    /// The pairs of label and value that every board shows in its own markup; an empty value is one that the agency
    /// left out.
    /// </summary>
    protected static IEnumerable<(string Label, string Value)> Fields(Announcement announcement)
    {
        yield return ("소관부처", announcement.Ministry);
        yield return ("전문기관", announcement.Agency);
        yield return ("공고일", Wordings.Text(announcement.Published, "yyyy.MM.dd"));
        yield return (announcement.Deadline.Label, announcement.Deadline.Text);
        yield return ("접수상태", Status(announcement));
        yield return (announcement.Budget.Label, announcement.Budget.Text);
        if (announcement.Category is { } category)
        {
            yield return ("기술분야", category);
        }

        if (announcement.Audience is { } audience)
        {
            yield return ("지원대상", audience);
        }

        if (announcement.Trl is { } trl)
        {
            yield return ("기술성숙도(TRL)", trl);
        }

        if (announcement.Keywords.Length > 0)
        {
            yield return ("키워드", string.Join(", ", announcement.Keywords));
        }
    }

    protected static string Document(string title, string body, string charset = "UTF-8") =>
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
