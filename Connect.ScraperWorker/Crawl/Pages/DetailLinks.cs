using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Finds the detail page of a list's row: by a link, or by the script call that some boards have in its place.</summary>
internal sealed partial class DetailLinks(IHtmlDocument document, Uri page, BoardOptions board)
{
    private readonly Uri _base = BaseOf(document, page);

    /// <summary>
    /// The first element, of these and those within, that has an address, and that address; null where none has. Script calls
    /// come first, because a link beside them often leads back to the list.
    /// </summary>
    public (IElement Element, Uri Address)? Find(params IReadOnlyCollection<IElement> places)
    {
        var candidates = places.SelectMany(static place => place.QuerySelectorAll("a, [onclick]").Prepend(place)).Distinct().ToList();
        return First(candidates, AddressOfCall) ?? First(candidates, AddressOfLink);
    }

    /// <summary>
    /// Whether a board that points to others has, in place of a link, a script call without any argument: the page that it opens knows
    /// the announcement from elsewhere.
    /// </summary>
    public bool PointElsewhere(IElement place) => board.PointsTo.Count > 0
        && place.QuerySelectorAll("a, [onclick]").Any(static link => Leads(link.GetAttribute("onclick")) || Leads(Script(link.GetAttribute("href"))));

    /// <summary>The address of an element itself, without those within.</summary>
    public (IElement Element, Uri Address)? FindItself(IElement element) => First([element], AddressOfCall);

    private static (IElement Element, Uri Address)? First(List<IElement> candidates, Func<IElement, Uri?> find)
    {
        foreach (var candidate in candidates)
        {
            if (find(candidate) is { } address)
            {
                return (candidate, address);
            }
        }

        return null;
    }

    private Uri? AddressOfLink(IElement element) =>
        element.LocalName == "a" && Links.TryResolve(_base, element.GetAttribute("href"), out var address) ? address : null;

    private Uri? AddressOfCall(IElement element) =>
        board is { DetailCall: { Length: > 0 } function, DetailPath: { Length: > 0 } template, BaseAddress: { } own }
        && (ScriptCall.Find(element.GetAttribute("onclick"), function) ?? ScriptCall.Find(Script(element.GetAttribute("href")), function)) is { } call
        && call.Fill(template) is { } path
        && Uri.TryCreate(page, own.AbsolutePath.TrimEnd('/') + path, out var address)
            ? address
            : null;

    private static bool Leads(string? script) => script is not null && EmptyCallRegex().IsMatch(script);

    [GeneratedRegex(@"\A\s*(?:javascript:)?\s*(?:return\s+)?[A-Za-z_$][A-Za-z0-9_$.]{0,99}\(\s{0,9}\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EmptyCallRegex();

    // A script in a link is part of an address, and may be escaped like one.
    private static string? Script(string? href) => href is null ? null : Uri.UnescapeDataString(href);

    // Links are relative to the page's base element; whether a link may be followed is checked on its resolved address.
    private static Uri BaseOf(IHtmlDocument document, Uri page) =>
        Links.TryResolve(page, document.QuerySelector("base[href]")?.GetAttribute("href"), out var address) ? address : page;
}
