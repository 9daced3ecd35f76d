using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Converts pages to text, without scripts, styles and comments.</summary>
internal static class Html
{
    /// <summary>Elements without an end tag (br, img, li …) count as open too, so the limit is far above any real page.</summary>
    private const int MostOpen = 20_000;

    private const string Change = " → 변경 ";

    private static readonly HashSet<string> Invisible = new(StringComparer.OrdinalIgnoreCase)
        { "script", "style", "noscript", "template", "iframe", "svg", "head", "object", "select", "button" };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
        { "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "br", "dt", "dd", "dl", "section", "article", "hr", "pre",
          "center", "blockquote", "address", "fieldset", "form", "header", "footer", "main", "aside", "figure", "caption" };

    /// <summary>
    /// Parses without fetching or running anything. The parser's time grows with the square of the depth, so a page that leaves
    /// too many elements open is parsed as an empty one, which has no known layout. U+FFFF is removed, because the parser would
    /// end the page there.
    /// </summary>
    public static IHtmlDocument Parse(string page) =>
        new HtmlParser().ParseDocument(LeavesTooManyOpen(page) ? string.Empty : page.Replace("\uFFFF", null, StringComparison.Ordinal));

    /// <summary>Whether an element's text is struck through: what it says is no longer valid.</summary>
    public static bool IsStruck(IElement element) =>
        element.LocalName is "s" or "strike" or "del"
        || (element.GetAttribute("style") is { } style && style.Contains("line-through", StringComparison.OrdinalIgnoreCase));

    /// <summary>The elements of a selector; none where it is empty, because the board has no such part.</summary>
    public static IEnumerable<IElement> All(IParentNode within, string selector) =>
        selector.Length == 0 ? [] : within.QuerySelectorAll(selector);

    /// <summary>The text of one line, without what is struck through: a title, a cell.</summary>
    public static string Line(INode? node) => Line(node, keepsStruck: false);

    /// <summary>The text of one line.</summary>
    /// <param name="node">The node.</param>
    /// <param name="keepsStruck">Whether text that is struck through is kept, in the words of a page without such marks: "old → 변경 new".</param>
    public static string Line(INode? node, bool keepsStruck) => PlainText.Clean(Collect(node, keepsStruck));

    /// <summary>The text of one line of a value that can be HTML, as values of JSON and feeds can.</summary>
    public static string LineOf(string value) => Text(value, static node => Line(node));

    /// <summary>The text of a body that can be HTML.</summary>
    public static string BodyOf(string value) => Text(value, static node => Body(node), keepLines: true);

    /// <summary>The text of an element: of an input field its value, and of one with images alone their alternative texts.</summary>
    public static string Shown(IElement? element)
    {
        if (element is null or { LocalName: "input" })
        {
            return PlainText.Clean(element?.GetAttribute("value"));
        }

        return Line(element) is { Length: > 0 } text
            ? text
            : PlainText.Clean(string.Join(' ', element.QuerySelectorAll("img").Prepend(element).Select(static image => image.GetAttribute("alt"))));
    }

    /// <summary>The text of a body, a line per block.</summary>
    /// <param name="node">The node.</param>
    /// <param name="keepsStruck">As for a line.</param>
    public static string Body(INode? node, bool keepsStruck = false) => PlainText.Clean(Collect(node, keepsStruck), keepLines: true);

    private static string Text(string value, Func<INode, string> read, bool keepLines = false)
    {
        if (!value.AsSpan().ContainsAny('<', '&'))
        {
            return PlainText.Clean(value, keepLines);
        }

        using var document = Parse(value);
        return read(document);
    }

    private static bool LeavesTooManyOpen(string page)
    {
        var open = 0;
        for (var i = page.IndexOf('<', StringComparison.Ordinal); i >= 0 && i + 1 < page.Length; i = page.IndexOf('<', i + 1))
        {
            if (char.IsAsciiLetter(page[i + 1]) && ++open > MostOpen)
            {
                return true;
            }

            if (page[i + 1] == '/' && open > 0)
            {
                open--;
            }
        }

        return false;
    }

    private static string Collect(INode? root, bool keepsStruck)
    {
        if (root is null)
        {
            return string.Empty;
        }

        // Not recursive: a page may nest elements to any depth.
        var text = new StringBuilder();
        Stack<(INode Node, bool Leaving)> stack = [];
        stack.Push((root, false));
        while (stack.TryPop(out var step))
        {
            if (step.Node is IText leaf)
            {
                // Line breaks of the source are blanks; only elements break lines.
                text.Append(leaf.Data.ReplaceLineEndings(" "));
                continue;
            }

            if (step.Node is IElement element)
            {
                var isStruck = IsStruck(element);
                if (Invisible.Contains(element.LocalName) || (isStruck && !keepsStruck))
                {
                    continue;
                }

                text.Append(isStruck && step.Leaving ? Change : null);
                Separate(text, element.LocalName);
            }
            else if (step.Node is not (IDocument or IDocumentFragment))
            {
                continue;
            }

            if (!step.Leaving)
            {
                stack.Push((step.Node, true));
                for (var child = step.Node.LastChild; child is not null; child = child.PreviousSibling)
                {
                    stack.Push((child, false));
                }
            }
        }

        return text.ToString();
    }

    private static void Separate(StringBuilder text, string name)
    {
        if (Blocks.Contains(name))
        {
            text.Append('\n');
        }
        else if (name is "td" or "th")
        {
            text.Append(' ');
        }
    }
}
