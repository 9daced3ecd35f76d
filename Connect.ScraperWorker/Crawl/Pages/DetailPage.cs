using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>The parts of a detail page. What it strikes through is in none of them but <see cref="WithStruck"/>.</summary>
internal sealed record DetailPage(string Title, LabelValues Fields, string Body, ImmutableArray<string> Attachments)
{
    private const int LongestBody = 50_000;

    /// <summary>The fields with what is struck through in them, as <see cref="Html"/> writes it; null where nothing is.</summary>
    public LabelValues? WithStruck { get; init; }

    /// <summary>Reads a page; null where it has not the expected layout.</summary>
    /// <param name="page">The page.</param>
    /// <param name="layout">The board's.</param>
    /// <param name="frame">The page within it that has the text; null where there is none.</param>
    public static DetailPage? Read(string page, DetailLayout layout, string? frame = null)
    {
        using var document = Html.Parse(page);
        using var inner = frame is null ? null : Html.Parse(frame);
        var title = Titles.Clean(Html.Shown(Parts(document, layout, layout.Heading).FirstOrDefault(static part => Html.Shown(part).Length > 0)));
        var fields = document.QuerySelectorAll(layout.Fields);
        if (title.Length == 0 || fields.Length == 0)
        {
            return null;
        }

        // Labels are read before the text is cut: budget and level often stand at the very end.
        IElement[] bodies = inner?.Body is { } within ? [within] : [.. Parts(document, layout, layout.Body)];
        var body = BodyOf(bodies, keepsStruck: false);
        return new(
            title,
            LabelValues.From(fields.SelectMany(field => Pairs(field, layout, keepsStruck: false))).Or(LabelValues.Read(body)),
            Cut(body),
            [.. Html.All(document, layout.Attachments).Select(Html.Line).Where(name => name.Length > 0)])
        {
            WithStruck = document.All.Concat(inner?.All ?? Enumerable.Empty<IElement>()).Any(Html.IsStruck)
                ? LabelValues.From(fields.SelectMany(field => Pairs(field, layout, keepsStruck: true)))
                    .Or(LabelValues.Read(BodyOf(bodies, keepsStruck: true)))
                : null,
        };
    }

    /// <summary>The page of a row that says everything itself.</summary>
    public static DetailPage Of(ListRow row) =>
        new(row.Title, LabelValues.Read(row.Text), Cut(row.Text ?? string.Empty), []);

    /// <summary>The address of the page within a page that has its text; null where there is none.</summary>
    public static Uri? FrameOf(string page, DetailLayout layout, Uri address)
    {
        if (layout.Frame.Length == 0)
        {
            return null;
        }

        using var document = Html.Parse(page);
        return Links.TryResolve(address, document.QuerySelector(layout.Frame)?.GetAttribute("src"), out var frame) ? frame : null;
    }

    // Selectors that are separated by commas come in the order in which they are written, not in that of the page.
    private static IEnumerable<IElement> Parts(IHtmlDocument document, DetailLayout layout, string part) => part.StartsWith(DetailLayout.LabelPrefix, StringComparison.Ordinal)
        ? document.QuerySelectorAll(layout.Fields).SelectMany(field => field.QuerySelectorAll(layout.Label))
            .Where(label => TableRows.Condense(Html.Line(label)) == TableRows.Condense(part[DetailLayout.LabelPrefix.Length..]))
            .Select(static label => label.NextElementSibling).OfType<IElement>()
        : part.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(selector => document.QuerySelectorAll(selector).Take(1));

    private static string BodyOf(IElement[] bodies, bool keepsStruck) =>
        bodies.Select(body => Html.Body(body, keepsStruck)).FirstOrDefault(static text => text.Length > 0) ?? string.Empty;

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IElement container, DetailLayout layout, bool keepsStruck)
    {
        foreach (var label in container.QuerySelectorAll(layout.Label))
        {
            var value = label.NextElementSibling;
            if (value is not null && !value.Matches(layout.Label))
            {
                yield return new(Html.Line(label), Html.Line(value, keepsStruck));
            }
        }

        foreach (var item in container.QuerySelectorAll("li"))
        {
            if (LabelValues.Split(Html.Line(item, keepsStruck)) is { } pair)
            {
                yield return pair;
            }
        }
    }

    private static string Cut(string text)
    {
        if (text.Length <= LongestBody)
        {
            return text;
        }

        return char.IsHighSurrogate(text[LongestBody - 1]) ? text[..(LongestBody - 1)] : text[..LongestBody];
    }
}
