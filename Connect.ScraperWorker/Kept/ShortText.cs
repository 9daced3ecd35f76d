using AngleSharp.Dom;
using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Kept;

/// <summary>Reads the text of small elements, in a time that their size does not change.</summary>
internal static class ShortText
{
    private const int MostNodes = 200;

    /// <summary>A text of at most this length, cut at a blank: the rest of a number would no longer be known as one.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var blank = text.LastIndexOf(' ', longest, MostNodes);
        return text[..(blank < 0 ? longest - MostNodes : blank)];
    }

    /// <summary>The text of an element; null where it is longer, or has too many parts.</summary>
    public static string? Of(IElement element, int longest)
    {
        var (text, nodes) = ("", 0);
        Stack<INode> rest = [];
        rest.Push(element);
        while (rest.TryPop(out var node))
        {
            if (node is IText { Data: var data })
            {
                text = data.Length > MostNodes * longest ? new string('x', longest + 1) : $"{text} {PlainText.Clean(data)}".Trim();
            }

            var children = node.ChildNodes;
            nodes += 1 + children.Length;
            if (text.Length > longest || nodes > MostNodes)
            {
                return null;
            }

            for (var i = children.Length - 1; i >= 0; i--)
            {
                rest.Push(children[i]);
            }
        }

        return text;
    }
}
