using System.Collections.Immutable;
using AngleSharp.Dom;
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
    public static DetailPage? Read(string page, DetailLayout layout)
    {
        using var document = Html.Parse(page);
        var title = Titles.Clean(Html.Line(document.QuerySelector(layout.Heading)));
        var fields = document.QuerySelectorAll(layout.Fields);
        if (title.Length == 0 || fields.Length == 0)
        {
            return null;
        }

        // Labels are read before the text is cut: budget and level often stand at the very end.
        var body = BodyOf(document, layout, keepsStruck: false);
        return new(
            title,
            LabelValues.From(fields.SelectMany(field => Pairs(field, keepsStruck: false))).Or(LabelValues.Read(body)),
            Cut(body),
            [.. Html.All(document, layout.Attachments).Select(Html.Line).Where(name => name.Length > 0)])
        {
            WithStruck = document.All.Any(Html.IsStruck)
                ? LabelValues.From(fields.SelectMany(field => Pairs(field, keepsStruck: true)))
                    .Or(LabelValues.Read(BodyOf(document, layout, keepsStruck: true)))
                : null,
        };
    }

    private static string BodyOf(IParentNode document, DetailLayout layout, bool keepsStruck) =>
        layout.Body.Split(',').Select(selector => Html.Body(document.QuerySelector(selector.Trim()), keepsStruck)).FirstOrDefault(text => text.Length > 0)
            ?? string.Empty;

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IElement container, bool keepsStruck)
    {
        foreach (var label in container.QuerySelectorAll("th, dt"))
        {
            var value = label.NextElementSibling;
            if (value?.LocalName is "td" or "dd")
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
