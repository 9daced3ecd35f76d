using System.Globalization;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources.TableBoards;

/// <summary>A board that is a table, and turns its pages with a query parameter: IITP, TIPA, KIMST.</summary>
internal sealed class TableBoardSource(TableBoardLayout layout, IHttpClientFactory clients, IOptionsMonitor<SourceOptions> options, TimeProvider time)
    : BoardSource(layout.Agency, clients, options, time)
{
    protected override Task<string?> FetchListAsync(BoardClient client, Uri list, int number, CancellationToken cancellationToken)
    {
        if (number == 1 || layout.PageParameter is null)
        {
            return client.GetAsync(list, cancellationToken);
        }

        var separator = list.Query.Length == 0 ? '?' : '&';
        var page = string.Create(CultureInfo.InvariantCulture, $"{list.PathAndQuery}{separator}{layout.PageParameter}={number}");
        return client.GetAsync(new(list, page), cancellationToken);
    }

    protected override ListPage ParseList(string page, Uri address, int number) =>
        TableBoardListParser.Parse(page, address, number, layout);

    protected override DetailPage? ParseDetail(string page) => TableBoardDetailParser.Parse(page, layout);
}
