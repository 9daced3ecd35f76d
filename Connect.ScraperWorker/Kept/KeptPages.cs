using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Connect.Data.Model;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Connect.ScraperWorker.Kept;

/// <summary>Makes the page that a suspicious run keeps: without personal data, scripts and keys, and of a bounded size.</summary>
internal static partial class KeptPages
{
    /// <summary>The page of a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="reason">Why it is suspicious.</param>
    /// <param name="page">The page, as it was read.</param>
    /// <param name="now">The present moment.</param>
    public static ScrapePage Of(Guid runId, Suspicion reason, ReadPage page, DateTimeOffset now) => new()
    {
        RunId = runId,
        Reason = reason,
        Address = Cut(WithoutKey(Storable(AddressOf(page)), page.Board), ScrapePage.MaxAddressLength),
        Text = TextOf(page.Text, page.Board, page.IsList),
        Findings = FindingsOf(page),
        KeptAt = now,
    };

    /// <summary>A page's text, as it is kept.</summary>
    public static string TextOf(string page, BoardOptions board, bool isList)
    {
        // An interface that is out of order answers a page, or a part of its data.
        var isPage = !isList || board.Shape is not (BoardShape.Json or BoardShape.Feed) || PageRegex().IsMatch(page);
        var data = isPage ? null : board.Shape == BoardShape.Json ? CleanData.OfJson(page, board) : CleanData.OfFeed(page, board);
        var text = data ?? CleanHtml.Of(page, ScrapePage.MaxTextLength, isPage);
        return Cut(WithoutKey(Storable(text), board), ScrapePage.MaxTextLength);
    }

    private static ImmutableArray<LayoutFinding> FindingsOf(ReadPage page)
    {
        try
        {
            var findings = page.IsList ? LayoutFindings.OfList(page.Text, page.Board) : LayoutFindings.OfDetail(page.Text, page.Board.Detail);
            return
            [
                .. findings.Select(finding => finding with
                {
                    Expected = Storable(finding.Expected),
                    Found = WithoutKey(string.Join(", ", Storable(finding.Found).Split(", ").Select(PersonalData.MaskNumbers)), page.Board),
                }),
            ];
        }
        catch (InvalidOperationException)
        {
            // A name in JSON with half a surrogate pair.
            return [];
        }
    }

    // Of a detail page, the parameters that name the announcement keep their value.
    private static string AddressOf(ReadPage page)
    {
        var template = page.Board.DetailPath is { } path && path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? path[query..] : "";
        HashSet<string> named = page.IsList ? [] : [.. QueryHelpers.ParseQuery(template).Keys];
        return CleanAddress.Of(page.Address.PathAndQuery, named.Contains);
    }

    // An answer can repeat the request, and with it the key.
    private static string WithoutKey(string text, BoardOptions board) =>
        board.Key is { Length: > 0 } key
            ? text.Replace(Uri.EscapeDataString(key), PersonalData.Mask, StringComparison.Ordinal).Replace(key, PersonalData.Mask, StringComparison.Ordinal)
            : text;

    // Without what the database refuses, with its lines.
    private static string Storable(string text) => string.Join('\n', text.Split('\n').Select(static line =>
    {
        var start = line.AsSpan().IndexOfAnyExcept(' ');
        return start < 0 ? "" : line[..start] + PlainText.Clean(line[start..]);
    }));

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        return char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];
    }

    [GeneratedRegex(
        @"\A[\s\uFEFF]{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--[^>]{0,500}-->\s{0,100})?<(?:!doctype\s{1,5})?html",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageRegex();
}
