using System.Globalization;
using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources.Keit;

/// <summary>한국산업기술평가관리원: a list of blocks, turned with a query parameter.</summary>
internal sealed class KeitSource(IHttpClientFactory clients, IOptionsMonitor<SourceOptions> options, TimeProvider time)
    : BoardSource(Agency.KEIT, clients, options, time)
{
    protected override Task<string?> FetchListAsync(BoardClient client, Uri list, int number, CancellationToken cancellationToken)
    {
        var separator = list.Query.Length == 0 ? '?' : '&';
        var page = string.Create(CultureInfo.InvariantCulture, $"{list.PathAndQuery}{separator}pageIndex={number}");
        return client.GetAsync(number == 1 ? list : new(list, page), cancellationToken);
    }

    protected override ListPage ParseList(string page, Uri address, int number) => KeitListParser.Parse(page, address, number);

    protected override DetailPage? ParseDetail(string page) => KeitDetailParser.Parse(page);
}
