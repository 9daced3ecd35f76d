using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Connect.Data.Model;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>
/// Holds a layout against a page, part by part, so that whoever mends it sees where the board has changed. It quotes headings, labels
/// and names of a page, and none of its texts.
/// </summary>
internal static class LayoutFindings
{
    private const int MostNames = 40;

    /// <summary>What a list's layout expects, and what the page has.</summary>
    public static ImmutableArray<LayoutFinding> OfList(string page, BoardOptions board)
    {
        switch (board.Shape)
        {
            case BoardShape.Json:
                return OfJson(page, board.Json);
            case BoardShape.Feed:
                return [new("Shape", "Feed", RootOf(page) ?? "no XML", FeedParser.IsFeed(RootOf(page)))];
            case BoardShape.Blocks:
                using (var blocks = Html.Parse(page))
                {
                    return
                    [
                        Selector(blocks, "Blocks:List", board.Blocks.List),
                        Selector(blocks, "Blocks:Item", $"{board.Blocks.List} {board.Blocks.Item}"),
                        Selector(blocks, "Blocks:Link", $"{board.Blocks.List} {board.Blocks.Item} {board.Blocks.Link}"),
                    ];
                }

            default:
                using (var document = Html.Parse(page))
                {
                    return [.. OfTable(document, board)];
                }
        }
    }

    /// <summary>What a detail page's layout expects, and what the page has.</summary>
    public static ImmutableArray<LayoutFinding> OfDetail(string page, DetailLayout layout)
    {
        using var document = Html.Parse(page);
        return
        [
            .. new (string Setting, string Part)[]
            {
                ("Detail:Heading", layout.Heading), ("Detail:Fields", layout.Fields), ("Detail:Body", layout.Body), ("Detail:Frame", layout.Frame),
                ("Detail:Attachments", layout.Attachments),
            }
            .Where(static part => part.Part.Length > 0)
            .Select(part => Part(document, layout, part.Setting, part.Part))

            // A single page can be without attachments.
            .Select(static finding => finding with { IsThere = finding.IsThere || finding.Setting == "Detail:Attachments" }),
        ];
    }

    private static IEnumerable<LayoutFinding> OfTable(IHtmlDocument document, BoardOptions board)
    {
        var words = RowNames.Split(board.Table.Headings);
        var table = TableRows.Find(document, words);
        string[] headings = [.. table?.Headings() ?? TableRows.AllHeadings(document)];
        yield return new("Table:Headings", board.Table.Headings, Names(headings), table is not null);
        if (table is null)
        {
            yield break;
        }

        var columns = new TableColumns(headings, board);
        foreach (var field in Enum.GetValues<RowField>().Where(field => RowNames.Of(board, field).Length > 0))
        {
            var found = columns.HeadingOf(field, headings);

            // Of the usual names, boards have only some; those that the layout itself names, and titles, they must have.
            var isNeeded = field == RowField.Title || board.Row.ContainsKey(field);
            yield return new($"Row:{field}", string.Join(", ", RowNames.Of(board, field)), found ?? "no such column", found is not null || !isNeeded);
        }
    }

    private static ImmutableArray<LayoutFinding> OfJson(string page, JsonLayout layout)
    {
        using var document = JsonListParser.Read(page);
        if (document is null)
        {
            return [new("Shape", "Json", "no JSON", IsThere: false)];
        }

        if (JsonListParser.Find(document.RootElement, layout.Items) is not { ValueKind: JsonValueKind.Array } items)
        {
            return [new("Json:Items", layout.Items, PropertiesOf(document.RootElement), IsThere: false)];
        }

        LayoutFinding rows = new("Json:Items", layout.Items, string.Create(CultureInfo.InvariantCulture, $"{items.GetArrayLength()} rows"), IsThere: true);
        return items.GetArrayLength() == 0 ? [rows] : [rows, new("Row", "properties of a row", PropertiesOf(items[0]), IsThere: true)];
    }

    private static LayoutFinding Part(IHtmlDocument document, DetailLayout layout, string setting, string part)
    {
        if (!part.StartsWith(DetailLayout.LabelPrefix, StringComparison.Ordinal))
        {
            return Selector(document, setting, part);
        }

        string[] labels = [.. document.QuerySelectorAll(layout.Fields).SelectMany(field => field.QuerySelectorAll(layout.Label)).Select(static label => Html.Line(label))];
        return new(setting, part, Names(labels), labels.Contains(part[DetailLayout.LabelPrefix.Length..]));
    }

    private static LayoutFinding Selector(IHtmlDocument document, string setting, string selector)
    {
        var count = document.QuerySelectorAll(selector).Length;
        return new(setting, selector, count == 1 ? "1 element" : string.Create(CultureInfo.InvariantCulture, $"{count} elements"), count > 0);
    }

    private static string PropertiesOf(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? JsonListParser.Tolerate(() => Names(element.EnumerateObject().Select(static property => property.Name))) ?? "names that are no text"
        : element.ValueKind.ToString();

    private static string? RootOf(string page) => FeedParser.Read(page)?.Root?.Name.LocalName;

    private static string Names(IEnumerable<string> names)
    {
        var text = string.Join(", ", names.Where(static name => name.Length is > 0 and <= MostNames).Take(MostNames));
        return text.Length == 0 ? "none" : text;
    }
}
