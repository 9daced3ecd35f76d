using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl.Tables;

/// <summary>A board with a table, paged with a query parameter.</summary>
internal sealed class TableBoardSource(Agency agency, IHttpClientFactory clients, IOptionsMonitor<BoardOptions> options, TimeProvider time)
    : BoardSource(agency, clients, options, time)
{
    protected override Task<string?> FetchListAsync(
        BoardClient client, Uri list, int number, BoardOptions settings, CancellationToken cancellationToken) =>
        client.GetAsync(PageOf(list, settings.Paging.Parameter, number), cancellationToken);

    protected override ListPage ParseList(string page, Uri address, int number, BoardOptions settings) =>
        TableBoardListParser.Parse(page, address, number, settings);
}
