using System.Xml;
using System.Xml.Linq;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>
/// Parses a feed: RSS of any version, Atom, and the XML of items that interfaces of data.go.kr answer. Elements are found by their names without namespace, because boards put their own
/// beside those of the standard. <c>System.ServiceModel.Syndication</c> refuses a whole feed for one date that is not the standard's.
/// </summary>
internal static class FeedParser
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = BoundedAnswerHandler.MaxBytes,
        CheckCharacters = false,
    };

    /// <exception cref="BoardException">It is no feed.</exception>
    public static ListPage Parse(string page, Uri address, int number, BoardOptions board)
    {
        var root = Read(page)?.Root;
        if (root is null || !IsFeed(root.Name.LocalName))
        {
            throw new BoardException($"list page {number} is no feed", BoardFailure.LayoutLost);
        }

        var place = 0;
        var items = root.Descendants().Where(static element => element.Name.LocalName is "item" or "entry").ToList();
        return ListPage.Of(
            items.Select(item => Row(item, address, $"page {number}, row {++place}", board)), board.Paging.Parameter.Length > 0 && items.Count > 0);
    }

    /// <summary>Whether an element of this name is the root of a feed.</summary>
    public static bool IsFeed(string? name) => name is "rss" or "feed" or "RDF" or "response";

    /// <summary>The XML of a text; null where it is none.</summary>
    public static XDocument? Read(string page)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(page.TrimStart()), Settings);
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static ListRowResult Row(XElement item, Uri page, string place, BoardOptions board)
    {
        var title = Value(RowField.Title);
        if (string.IsNullOrEmpty(title))
        {
            return new(null, new(place, "no title"));
        }

        return Links.TryResolve(page, LinkOf(), out var link)
            ? new(RowReader.Read(place, title, link, Value), null)
            : new(null, new(place, "no link to a detail page"));

        string? Value(RowField field) => Values(field).Select(element => TextOf(element, field)).FirstOrDefault(static text => text.Length > 0);

        // Atom's link is an attribute, and of several links the one without a relation or with "alternate" is the page.
        string? LinkOf() => Values(RowField.Link)
            .Where(static element => (string?)element.Attribute("rel") is null or "alternate")
            .Select(static element => (string?)element.Attribute("href") ?? element.Value).FirstOrDefault(static text => text.Trim().Length > 0);

        IEnumerable<XElement> Values(RowField field) =>
            RowNames.Of(board, field).SelectMany(name => item.Elements().Where(element => element.Name.LocalName == name));
    }

    // Atom's author is a person with a name; a text can be HTML within the feed.
    private static string TextOf(XElement element, RowField field)
    {
        var text = element.Elements().FirstOrDefault(static child => child.Name.LocalName == "name")?.Value ?? element.Value;
        return field == RowField.Text ? Html.BodyOf(text) : Html.LineOf(text);
    }
}
