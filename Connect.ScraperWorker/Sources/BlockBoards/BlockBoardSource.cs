using Connect.Domain.Programs;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources.BlockBoards;

/// <summary>A board of blocks, turned with a query parameter.</summary>
internal sealed class BlockBoardSource(Agency agency, IHttpClientFactory clients, IOptionsMonitor<SourceOptions> options, TimeProvider time)
    : BoardSource(agency, clients, options, time)
{
    protected override Task<string?> FetchListAsync(
        BoardClient client, Uri list, int number, SourceOptions settings, CancellationToken cancellationToken) =>
        client.GetAsync(PageOf(list, settings.Paging.Parameter, number), cancellationToken);

    protected override ListPage ParseList(string page, Uri address, int number, SourceOptions settings) =>
        BlockBoardListParser.Parse(page, address, number, settings);
}
