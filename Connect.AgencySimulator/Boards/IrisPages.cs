using System.Globalization;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>
/// IRIS, the common system of all ministries: a list in three parts by the phase of applications, as data and as HTML.
/// It has its own announcements and those of KIMST.
/// </summary>
internal sealed class IrisPages : BoardPages
{
    private const string ListPath = "/iris/contents/retrieveBsnsAncmBtinSituList.do";
    private const string DetailPath = "/iris/contents/retrieveBsnsAncmView.do";

    public override Board Board => Board.IRIS;

    public override IEnumerable<ListRoute> Lists =>
    [
        Part(new(ListPath, IrisData.List) { Methods = [HttpMethods.Post], MediaType = "application/json" }),
        Part(new(ListPath, List) { Methods = [HttpMethods.Get] }),
        Part(new("/iris/contents/retrieveBsnsAncmBtinSituListView.do", List)),
    ];

    public override IEnumerable<DetailRoute> Details => [new(DetailPath, "ancmId", Detail)];

    // Both, as the rows of KIMST lead here.
    public override bool TagsDetails => true;

    public override bool DatesDetails => true;

    /// <summary>The address of an announcement, with the part of the list that it is in.</summary>
    public static string AddressOf(Announcement row, DateTimeOffset now) =>
        $"{DetailPath}?ancmId={Id(row)}&amp;ancmPrg={PartOf(row.PhaseAt(now))}";

    /// <summary>Ids are texts with a zero in front.</summary>
    public static string Id(Announcement announcement) => announcement.Id.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>공고번호, as its ministry counts.</summary>
    public static string NumberOf(Announcement announcement) =>
        $"{announcement.Ministry} 공고 제{announcement.Published.Year}-{announcement.Id % 10_000:D4}호";

    /// <summary>The words for a phase in the list.</summary>
    public static string StatusOf(Phase phase) => phase switch
    {
        Phase.Upcoming => "공고접수예정",
        Phase.Open => "공고접수중",
        _ => "공고접수마감",
    };

    /// <summary>The rows of a part. Its operators' test rows stand on top of what can be applied for.</summary>
    public override Rows RowsOf(BoardSnapshot snapshot, string filter, DateTimeOffset now)
    {
        var phase = filter switch
        {
            "ancmPre" => Phase.Upcoming,
            "ancmEnd" => Phase.Over,
            _ => Phase.Open,
        };
        var rows = Rows.Of(snapshot.On(Board.IRIS, phase, now));
        return phase == Phase.Open ? rows.After(TestAnnouncements.Of(DateOnly.FromDateTime(now.Date))) : rows;
    }

    public static string List(PageOf page) => Document(
        "사업공고 | 범부처통합연구지원시스템",
        $$"""
        <p class="total">총 <strong>{{page.Total}}</strong>건 <span class="current_page">{{page.Number}} / {{page.Pages}}</span></p>
        <ul class="dbody">
        {{Each(page.Rows, (row, _) => Item(row, page.Now))}}</ul>
        {{(page.Rows.Count == 0 ? "<p class=\"no_data\">조회된 공고가 없습니다.</p>" : "")}}
        <div class="pagination">{{Pager(page.Window)}}</div>
        """);

    /// <summary>The page is the same whatever part of the list its address names.</summary>
    public static string Detail(Announcement announcement) => Document(
        "사업공고 | 범부처통합연구지원시스템",
        $$"""
        <div class="tstyle_view">
        <div class="title_area">
        <div class="title">{{TitleOf(announcement)}}</div>
        <ul class="write list_dot">
        {{Field("공고번호", NumberOf(announcement))}}{{Each(AnnouncementFields.Of(announcement), (field, _) => Field(field.Label, field.Value))}}</ul>
        </div>
        <div class="tb_contents"><div class="txt_area se-contents">{{Paragraphs(announcement)}}</div></div>
        <div class="add_file_list"><ul class="add_file">
        {{Each(announcement.Attachments, (name, i) => File(announcement.Id, i, name))}}</ul></div>
        </div>
        """);

    private static ListRoute Part(ListRoute route) => route with { SizeParameter = "pageUnit", FilterParameter = "ancmPrg" };

    private static string PartOf(Phase phase) => phase switch
    {
        Phase.Upcoming => "ancmPre",
        Phase.Open => "ancmIng",
        _ => "ancmEnd",
    };

    private static string Item(Announcement row, DateTimeOffset now) =>
        $"""
        <li>
          <span class="inst_title">{Encode(row.Ministry)} > {Encode(row.Agency)}</span>
          <div class="form-row">
            <div class="group1">
              <strong class="title"><a href="" onclick="f_bsnsAncmBtinSituListForm_view('{Id(row)}','{PartOf(row.PhaseAt(now))}'); return false;">{TitleOf(row)}</a></strong>
              <div class="etc_info">
                 <span><em>공고번호 :</em>{Encode(NumberOf(row))}</span>
                 <span class="ancmDe"><em>공고일자 :</em>{Day(row.Published)}</span>
                 <span class="rcveSttSeNmLst"><em>공고상태 :</em>

                   {StatusOf(row.PhaseAt(now))}

                 </span>
                 <span class="pbofrTpSeNmLst"><em>공모유형 :</em>{Encode(IrisData.TypeOf(row))}</span>
              </div>
            </div>
            <div class="group2">

                 <span class="d_day end">{Status(row, now)}</span>

            </div>
          </div>
        </li>

        """;

    private static string Field(string label, string value) =>
        $"<li class=\"write\"><strong>{Encode(label)}</strong> : <span>{Encode(value)}</span></li>\n";

    private static string File(int id, int number, string name) =>
        $"<li><a class=\"file_down\" href=\"javascript:f_bsnsAncm_downloadAtchFile('{id}','{id + number}','','1024')\">{Encode(name)}</a></li>\n";

    private static string Pager(PagerWindow window)
    {
        return Link(window.Before, "이전") + window.Numbers(static number => Link(number, $"{number}")) + Link(window.After, "다음");

        static string Link(int? number, string text) => number is null
            ? ""
            : $"<a href=\"#\" onclick=\"f_bsnsAncmBtinSituListForm_linkPage({number}); return false;\">{text}</a>\n";
    }
}
