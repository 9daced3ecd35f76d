using Connect.Domain.Programs;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources.TableBoards;

/// <summary>A board that is a table, turned with a query parameter.</summary>
internal sealed class TableBoardSource(Agency agency, IHttpClientFactory clients, IOptionsMonitor<SourceOptions> options, TimeProvider time)
    : BoardSource(agency, clients, options, time)
{
    protected override Task<string?> FetchListAsync(
        BoardClient client, Uri list, int number, SourceOptions settings, CancellationToken cancellationToken) =>
        client.GetAsync(PageOf(list, settings.Paging.Parameter, number), cancellationToken);

    protected override ListPage ParseList(string page, Uri address, int number, SourceOptions settings) =>
        TableBoardListParser.Parse(page, address, number, settings);
}
