using System.Globalization;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Connect.ScraperWorker.Crawl;

/// <summary>Requests and parses the pages of a board's list. Shapes differ here, and only here.</summary>
internal sealed class ListPages(BoardClient client, BoardOptions board)
{
    private readonly Uri _list = DetailAddress.At(
        client.BaseAddress, board.ListPath.Replace("{key}", Uri.EscapeDataString(board.Key ?? ""), StringComparison.Ordinal));

    private bool _hasFirst;

    /// <summary>The list's address.</summary>
    public Uri Address => _list;

    /// <summary>The lists that the board keeps apart, as further fields of the request; one without any where it has one list.</summary>
    public IEnumerable<string> Lists => board.Paging.Each.Count == 0 ? [""] : board.Paging.Each;

    /// <summary>Requests a page of a list, counted from 1.</summary>
    /// <exception cref="BoardException">It cannot be fetched, or is none of the board's lists.</exception>
    public async Task<ListPage> ReadAsync(string list, int number, CancellationToken cancellationToken)
    {
        var page = await FetchAsync(list, number, cancellationToken)
            ?? throw new BoardException($"{_list.AbsolutePath} is gone", BoardFailure.Unreachable);
        var source = new ReadPage(_list, page, board, IsList: true);
        try
        {
            var parsed = Parse(page, _list, number, board) with { Source = _hasFirst ? null : source };
            _hasFirst = true;
            return parsed;
        }
        catch (BoardException exception) when (exception.Kind == BoardFailure.LayoutLost)
        {
            exception.Page = source;
            throw;
        }
    }

    /// <summary>Parses a page of a list of any shape.</summary>
    /// <exception cref="BoardException">It has lost its layout.</exception>
    public static ListPage Parse(string page, Uri address, int number, BoardOptions board) => board.Shape switch
    {
        BoardShape.Blocks => BlockBoardListParser.Parse(page, address, number, board),
        BoardShape.Json => JsonListParser.Parse(page, address, number, board),
        BoardShape.Feed => FeedParser.Parse(page, address, number, board),
        _ => TableBoardListParser.Parse(page, address, number, board),
    };

    /// <summary>Requests a page of a list; null where the board answers that it is gone.</summary>
    public Task<string?> FetchAsync(string list, int number, CancellationToken cancellationToken)
    {
        var isPosted = board.Paging.Form.Length > 0 && (number > 1 || board.Shape is BoardShape.Json or BoardShape.Feed);
        var fields = QueryHelpers.ParseQuery($"?{(isPosted ? board.Paging.Form : "")}&{list}");
        if (board.Paging.Parameter is { Length: > 0 } parameter && (isPosted || number > 1))
        {
            fields[parameter] = number.ToString(CultureInfo.InvariantCulture);
        }

        var form = fields.ToDictionary(static field => field.Key, static field => field.Value.ToString(), StringComparer.Ordinal);
        return isPosted
            ? client.PostAsync(_list, form, cancellationToken)
            : client.GetAsync(new Uri(_list, QueryHelpers.AddQueryString(_list.PathAndQuery, form!)), cancellationToken);
    }
}
