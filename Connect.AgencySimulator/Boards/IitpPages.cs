using System.Text.Encodings.Web;
using System.Text.Json;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>IITP: an empty list page, which a script fills with data from another address.</summary>
internal sealed class IitpPages : BoardPages
{
    private const string BrowserTitle = "사업공고 - 정보통신기획평가원";
    private const string DataPath = "/iitp/link-svc/api/iris/list.do";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public override Board Board => Board.IITP;

    public override IEnumerable<ListRoute> Lists =>
    [
        new("/iitp/web/lay1/program/S1T44C51/iris/list.do", Shell) { PageParameter = "cpage", SizeParameter = "rows" },
        new(DataPath, List)
        {
            Methods = [HttpMethods.Post],
            PageParameter = "cpage",
            SizeParameter = "rows",
            MediaType = "application/json",
        },
    ];

    public override IEnumerable<DetailRoute> Details => [new("/iitp/web/lay1/program/S1T44C51/iris/view.do", "id", Detail)];

    public override bool TagsDetails => true;

    public static string Shell(PageOf page) => Document(
        BrowserTitle,
        $$"""
        <div class="board_list_area"><ul class="list"></ul></div>
        <div class="paging"></div>
        <script>$.post('{{DataPath}}', { cpage: {{page.Number}}, rows: {{page.Size}} }, fn_list);</script>
        """);

    public static string List(PageOf page) => JsonSerializer.Serialize(
        new
        {
            List = page.Rows.Select(static row => new
            {
                Id = $"{row.Id}",
                row.Title,
                ReceiptBeginDate = Day(row.Start),
                ReceiptEndDate = LastDay(row, "yyyy-MM-dd"),
            }),
            Pagination = new { Cpage = page.Number, Rows = page.Size, Totalpage = page.Pages, Totalcount = page.Total },
        },
        Json);

    public static string Detail(Announcement announcement) => Document(
        BrowserTitle,
        $$"""
        <div class="board_view">
        <div class="tit_area"><p class="tit">{{TitleOf(announcement)}}</p></div>
        <table class="info"><tbody>
        {{Each(AnnouncementFields.Of(announcement), (field, _) => $"<tr><th scope=\"row\">{Encode(field.Label)}</th><td>{Encode(field.Value)}</td></tr>\n")}}</tbody></table>
        <div class="board_content">{{Paragraphs(announcement)}}</div>
        <ul class="file_list">{{Each(announcement.Attachments, (name, i) => $"<li><a href=\"/iitp/file/{announcement.Id}/{i}\">{Encode(name)}</a></li>\n")}}</ul>
        </div>
        """);
}
