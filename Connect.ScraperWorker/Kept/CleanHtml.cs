using System.Text;
using AngleSharp.Dom;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Kept;

/// <summary>
/// Writes a page anew, with what a layout is made of: elements, ids, classes, headings, links and texts. Scripts, styles, comments and the values of
/// forms are left out, and personal data is masked: by its form, behind a label in the same line, in the element beside a label, and in the
/// column below one. The text can be read as a page again.
/// </summary>
internal sealed class CleanHtml
{
    /// <summary>The longest text of one element; more is left out.</summary>
    private const int LongestText = 20_000;

    /// <summary>The longest value beside a label: a longer element is not one.</summary>
    private const int LongestValue = 200;

    private const int HighestValue = 8;
    private const int DeepestIndent = 12;

    private static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
        { "script", "style", "noscript", "template", "svg", "math", "object", "embed", "select", "textarea", "datalist", "link", "meta", "canvas", "xmp", "plaintext", "noembed", "noframes" };

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
        { "a", "abbr", "b", "big", "button", "cite", "code", "del", "em", "font", "i", "img", "input", "ins", "label", "mark", "s", "small", "span", "strike", "strong", "sub", "sup", "u" };

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
        { "area", "base", "br", "col", "hr", "img", "input", "source", "track", "wbr" };

    private static readonly HashSet<string> Marks = new(StringComparer.OrdinalIgnoreCase)
        { "id", "class", "name", "type", "for", "scope", "colspan", "rowspan", "headers", "role", "rel" };

    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase) { "href", "src", "action" };

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "alt", "title", "aria-label", "data-title", "data-label", "data-th" };

    private readonly StringBuilder _text = new();
    private readonly PersonalColumns _columns = new();
    private readonly int _most;

    // The element whose texts are a value, the label whose value comes next, and whether the rest of the line is one.
    private IElement? _value;
    private INode? _label;
    private bool _isValueLine;
    private int _depth;

    private readonly bool _isPage;

    private CleanHtml(int most, bool isPage) => (_most, _isPage) = (most, isPage);

    /// <summary>Cleans a page.</summary>
    /// <param name="page">The page; any text.</param>
    /// <param name="most">The result may be cut from this length on.</param>
    /// <param name="isPage">Whether it is a page; of other texts only words are kept that are no names.</param>
    public static string Of(string page, int most, bool isPage = true)
    {
        using var document = Html.Parse(page);
        var clean = new CleanHtml(most, isPage);
        clean.Write(document);
        return clean._text.ToString().Trim();
    }

    private void Write(IDocument document)
    {
        // Not recursive: a page may nest elements to any depth.
        Stack<(INode Node, bool Leaving)> stack = [];
        stack.Push((document, false));
        while (_text.Length <= _most && stack.TryPop(out var step))
        {
            if (step.Node is IText text)
            {
                Write(text);
                continue;
            }

            if (step.Node is not (IElement or IDocument) || (step.Node is IElement { LocalName: var name } && LeftOut.Contains(name)))
            {
                continue;
            }

            if (step.Leaving)
            {
                Leave((IElement)step.Node);
                continue;
            }

            if (step.Node is IElement element)
            {
                Enter(element);
                if (Void.Contains(element.LocalName))
                {
                    continue;
                }

                stack.Push((element, true));
                if (element.LocalName == "iframe")
                {
                    continue;
                }
            }

            var children = step.Node.ChildNodes;
            for (var i = children.Length - 1; i >= 0; i--)
            {
                stack.Push((children[i], false));
            }
        }
    }

    private void Enter(IElement element)
    {
        Break(element);
        if (element.LocalName == "table")
        {
            _columns.Add(element);
        }

        if (_value is null && (_columns.Contains(element) || PersonalData.IsLabel(TableRows.NamedBy(element))))
        {
            _value = element;
        }

        _text.Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes)
        {
            if (Shown(attribute) is { } value)
            {
                _text.Append(' ').Append(attribute.LocalName).Append("=\"").Append(Escape(PlainText.Clean(value)).Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
            }
        }

        _text.Append('>');
        _depth += Void.Contains(element.LocalName) ? 0 : 1;
    }

    private void Leave(IElement element)
    {
        _depth--;
        if (_value == element)
        {
            _value = null;
        }

        Break(element);
        _text.Append("</").Append(element.LocalName).Append('>');
    }

    // Blocks, cells and <br> begin and end lines.
    private void Break(IElement element)
    {
        if (Inline.Contains(element.LocalName))
        {
            return;
        }

        _isValueLine = false;
        if (_text.Length > 0)
        {
            _text.Append('\n').Append(' ', Math.Min(Math.Max(_depth, 0), DeepestIndent));
        }
    }

    private void Write(IText node)
    {
        var text = PlainText.Clean(ShortText.Cut(node.Data, LongestText));
        if (text.Length == 0)
        {
            return;
        }

        _text.Append(_text.Length > 0 && _text[^1] is not ('\n' or ' ' or '>') ? " " : "").Append(Escape(Masked(node, text)));
    }

    private string Masked(IText node, string text)
    {
        if (PersonalData.IndexOfWord(text, 0) < 0)
        {
            return PersonalData.MaskNumbers(text);
        }

        if (_value is not null || _isValueLine || !(_isPage || CleanData.IsCode(text)))
        {
            return PersonalData.Mask;
        }

        if (_columns.IsHeading(node.ParentElement))
        {
            _label = null;
            return PersonalData.MaskNumbers(text);
        }

        if (_label is { } label)
        {
            _label = PersonalData.IsLabel(text) ? node : null;
            return _label is null ? MaskValue(node, label) : text;
        }

        var (masked, next) = PersonalData.MaskLine(text);
        _label = next == AfterText.Value ? node : null;
        _isValueLine = next == AfterText.RestOfValue;
        return masked;
    }

    // The value is the largest short element that the label is not in; without one, or in the middle of a line, it is the rest of the line too.
    private string MaskValue(IText node, INode label)
    {
        HashSet<INode> around = [];
        for (var (above, height) = (label.ParentElement, 0); above is not null && height < HighestValue; (above, height) = (above.ParentElement, height + 1))
        {
            around.Add(above);
        }

        for (var (above, height) = (node.ParentElement, 0); above is not null && height < HighestValue && !around.Contains(above) && ShortText.Of(above, LongestValue) is not null; height++)
        {
            (_value, above) = (above, above.ParentElement);
        }

        _isValueLine = _value is null || Inline.Contains(_value.LocalName);
        return PersonalData.Mask;
    }

    // Null for attributes that are left out.
    private string? Shown(IAttr attribute)
    {
        var (name, value) = (attribute.LocalName, attribute.Value.Length > LongestText ? "" : attribute.Value);
        return Marks.Contains(name) ? PersonalData.MaskNumbers(value)
            : _value is not null || !_isPage ? null
            : Addresses.Contains(name) ? CleanAddress.Of(value)
            : Words.Contains(name) ? PersonalData.MaskLine(PlainText.Clean(value)).Text
            : name == "onclick" ? CleanAddress.Script(value)
            : null;
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
