using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>
/// The one form of a detail page's address (<see cref="BoardOptions.DetailPath"/>). Lists, feeds and other boards link to one page
/// with different parameters beside its id: where it was found, what was searched, which state it is in.
/// </summary>
internal static class DetailAddress
{
    /// <summary>The address of a path below the board's own (<see cref="BoardOptions.BaseAddress"/>).</summary>
    public static Uri At(Uri board, string path) => new(board, board.AbsolutePath.TrimEnd('/') + path);

    /// <summary>A link in this form; null where it does not lead to this board's detail pages.</summary>
    public static Uri? Of(Uri address, BoardOptions board)
    {
        if (board is not { BaseAddress: { } own, DetailPath: { Length: > 0 } template } || !Authority.IsShared(own, address))
        {
            return null;
        }

        var query = template.IndexOf('?', StringComparison.Ordinal);
        if (query < 0 || address.AbsolutePath != At(own, template[..query]).AbsolutePath)
        {
            return null;
        }

        var given = QueryHelpers.ParseQuery(address.Query);
        foreach (var (name, place) in QueryHelpers.ParseQuery(template[query..]))
        {
            if (place.ToString() is ['{', .., '}'] argument)
            {
                if (!given.TryGetValue(name, out var value) || value.ToString() is not { Length: > 0 } text)
                {
                    return null;
                }

                template = template.Replace(argument, Uri.EscapeDataString(text), StringComparison.Ordinal);
            }
        }

        return At(new Uri($"{address.Scheme}://{address.Authority}{own.AbsolutePath}"), template);
    }
}
