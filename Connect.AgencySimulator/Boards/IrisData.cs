using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Connect.AgencySimulator.Announcements;
using static Connect.AgencySimulator.Boards.Markup;

namespace Connect.AgencySimulator.Boards;

/// <summary>The list of IRIS as data, under the names of its database columns.</summary>
internal static class IrisData
{
    /// <summary>What the list has for an announcement that is taken until further notice.</summary>
    private const string NoEnd = "9999.12.31";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static string List(PageOf page) => JsonSerializer.Serialize(
        new
        {
            PageUnit = Text(page.Size),
            AncmPrg = page.Filter,
            PaginationInfo = Pagination(page),
            ListBsnsAncmBtinSitu = page.Rows.Select(row => Row(row, page.Now)),
            PageIndex = Text(page.Number),
            User = (string?)null,
        },
        Json);

    /// <summary>공모유형; most announcements are open to any subject.</summary>
    public static string TypeOf(Announcement announcement) => announcement.BoardType ?? "자유공모";

    private static object Pagination(PageOf page) => new
    {
        CurrentPageNo = page.Number,
        RecordCountPerPage = page.Size,
        PageSize = 10,
        TotalRecordCount = page.Total,
        TotalPageCount = page.Pages,
        FirstPageNoOnPageList = page.Window.First,
        LastPageNoOnPageList = page.Window.Last,
        FirstRecordIndex = (page.Number - 1) * page.Size,
        LastRecordIndex = page.Number * page.Size,
        FirstPageNo = 1,
        LastPageNo = page.Pages,
    };

    private static object Row(Announcement row, DateTimeOffset now) => new
    {
        AncmId = IrisPages.Id(row),
        SorgnId = "10001",
        RcveStrDe = Wordings.Text(row.Start, "yyyy.MM.dd"),
        RcveEndDe = row.Deadline is { Value: null, Text.Length: > 0 } ? NoEnd : LastDay(row, "yyyy.MM.dd"),
        DDay = (int?)(row.Deadline.Last?.Date - now.Date)?.TotalDays,
        SorgnNm = row.Agency,
        AncmTl = row.Title,
        AncmNo = IrisPages.NumberOf(row),
        BlngGovdSeNm = row.Ministry,
        BlngGovdSe = row.Ministry,
        BudJuriGovdSe = "AR4001",
        AncmDe = Day(row.Published),
        PbofrTpSeNmLst = TypeOf(row),
        RcveSttSeNmLst = IrisPages.StatusOf(row.PhaseAt(now)),
        PbofrTpSeLst = TypeOf(row) == "지정공모" ? "AB1201" : "AB1101",
        RcveStt = row.PhaseAt(now) switch
        {
            Phase.Upcoming => "예정",
            Phase.Open => "진행중",
            _ => "마감",
        },
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
