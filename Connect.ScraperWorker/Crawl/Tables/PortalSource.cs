using System.Globalization;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl.Tables;

/// <summary>A portal. Its first page opens the session; later ones are requested by posting the search form.</summary>
internal sealed class PortalSource(Agency agency, IHttpClientFactory clients, IOptionsMonitor<BoardOptions> options, TimeProvider time)
    : BoardSource(agency, clients, options, time)
{
    protected override Task<string?> FetchListAsync(
        BoardClient client, Uri list, int number, BoardOptions settings, CancellationToken cancellationToken)
    {
        if (number == 1)
        {
            return client.GetAsync(list, cancellationToken);
        }

        var form = QueryHelpers.ParseQuery(settings.Paging.Form).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        form[settings.Paging.Parameter] = number.ToString(CultureInfo.InvariantCulture);
        return client.PostAsync(list, form, cancellationToken);
    }

    protected override ListPage ParseList(string page, Uri address, int number, BoardOptions settings) =>
        TableBoardListParser.Parse(page, address, number, settings);
}
