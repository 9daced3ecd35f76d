using System.Collections.Immutable;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Connect.AgencySimulator.Announcements;
using Connect.AgencySimulator.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>What a list of the simulator shows of an announcement; null for what it has no place for.</summary>
internal sealed record ServedRow(string Title, string? Status = null, string? Period = null, string? Published = null);

/// <summary>What the page of an announcement shows.</summary>
internal sealed record ServedDetail(string Title, ImmutableArray<KeyValuePair<string, string>> Fields, string Body, ImmutableArray<string> Attachments);

/// <summary>
/// Reads the simulator's pages by the markup that it promises for each board, without the worker's knowledge of boards.
/// </summary>
internal static class SimulatorPages
{
    /// <summary>A page of a list.</summary>
    public static PageOf Page(DateTimeOffset now, params IReadOnlyList<Announcement> rows) =>
        new() { Rows = rows, Size = 10, Total = rows.Count, Now = now };

    public static ServedRow ReadRow(Announcement announcement, DateTimeOffset now)
    {
        var page = Page(now, announcement);
        return announcement.Board switch
        {
            Board.NTIS => Cells(NtisPages.List(page), ".basic_list tbody td", static cells => new(Html.Line(cells[3]), Html.Line(cells[2]), Html.Line(cells[6]))),
            Board.TIPA => Cells(TipaPages.List(page), "div.right table.tbl_base.tbl_type01 tbody td", static cells => new(
                Html.Line(cells[3]), cells[6].QuerySelector("img")!.GetAttribute("alt"), Html.Line(cells[4]), Html.Line(cells[5]))),
            Board.KIMST => Cells(KimstPages.List(page), "table.table-list tbody td", static cells => new(
                Html.Line(cells[1]), Period: Html.Line(cells[3]), Published: Html.Line(cells[2]))),
            Board.KEIT => KeitRow(KeitPages.List(page)),
            Board.IITP => IitpRow(IitpPages.List(page)),
            _ => IrisRow(IrisData.List(page)),
        };
    }

    public static ServedDetail ReadDetail(Announcement announcement) => announcement.Board switch
    {
        Board.NTIS => Read(NtisPages.Detail(announcement), ".notice_view h1", ".summary1 li, .summary2 li", ".se-contents", ".summary_file a"),
        Board.IITP => Read(IitpPages.Detail(announcement), ".board_view .tit_area .tit", ".board_view table tr", ".board_view .board_content", ".board_view .file_list a"),
        Board.TIPA => Read(
            TipaPages.Detail(announcement), "div.right tr:first-child td", "div.right tr", ".hwp_editor_board_content", "div.right a[href^='javascript:cfn_AtchFileDownload']"),
        Board.KEIT => Read(KeitDetail.Write(announcement), "div.view_box input#bsnsAncmTl", "div.view_box .info p", "div.view_box iframe", "div.file_box a") with
        {
            Body = BodyOf(KeitDetail.WriteText(announcement), "body"),
        },
        _ => Read(IrisPages.Detail(announcement), "div.tstyle_view div.title", "ul.write li", "div.txt_area", "div.add_file_list a"),
    };

    private static ServedDetail Read(string page, string title, string fields, string body, string files)
    {
        using var document = Html.Parse(page);
        var heading = document.QuerySelector(title)!;
        return new(
            heading is IHtmlInputElement input ? input.Value : Titles.Clean(Html.Line(heading)),
            [.. document.QuerySelectorAll(fields).Select(Pair)],
            Html.Body(document.QuerySelector(body)),
            [.. document.QuerySelectorAll(files).Select(Html.Line)]);
    }

    // A label is an element of its own: a header cell, a span or strong text.
    private static KeyValuePair<string, string> Pair(IElement field)
    {
        var label = Html.Line(field.FirstElementChild);
        return new(label.Trim(' ', ':'), Html.Line(field)[label.Length..].TrimStart(' ', ':'));
    }

    private static string BodyOf(string page, string selector)
    {
        using var document = Html.Parse(page);
        return Html.Body(document.QuerySelector(selector));
    }

    private static ServedRow Cells(string page, string selector, Func<List<IElement>, ServedRow> read)
    {
        using var document = Html.Parse(page);
        return read([.. document.QuerySelectorAll(selector)]);
    }

    private static ServedRow KeitRow(string page)
    {
        using var document = Html.Parse(page);
        var values = document.QuerySelectorAll(".table_box_detail .info p span.value").Select(Html.Line).ToList();
        return new(
            Html.Line(document.QuerySelector("p.subject a > span.title")), Html.Line(document.QuerySelector("p.banner span.badge")), values[0], values[1]);
    }

    private static ServedRow IitpRow(string data)
    {
        using var json = JsonDocument.Parse(data);
        var row = json.RootElement.GetProperty("list")[0];
        return new(row.GetProperty("title").GetString()!, Period: $"{row.GetProperty("receipt_begin_date")} ~ {row.GetProperty("receipt_end_date")}");
    }

    private static ServedRow IrisRow(string data)
    {
        using var json = JsonDocument.Parse(data);
        var row = json.RootElement.GetProperty("listBsnsAncmBtinSitu")[0];
        return new(
            row.GetProperty("ancmTl").GetString()!, row.GetProperty("rcveSttSeNmLst").GetString(),
            $"{row.GetProperty("rcveStrDe")} ~ {row.GetProperty("rcveEndDe")}", row.GetProperty("ancmDe").GetString());
    }
}
