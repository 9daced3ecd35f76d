using System.Globalization;
using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources.Ntis;

/// <summary>The national portal NTIS. Its first page opens the session; the later ones are asked for with the search form.</summary>
internal sealed class NtisSource(IHttpClientFactory clients, IOptionsMonitor<SourceOptions> options, TimeProvider time)
    : BoardSource(Agency.NTIS, clients, options, time)
{
    protected override Task<string?> FetchListAsync(BoardClient client, Uri list, int number, CancellationToken cancellationToken) =>
        number == 1
            ? client.GetAsync(list, cancellationToken)
            : client.PostAsync(
                list,
                new Dictionary<string, string>
                {
                    ["pageIndex"] = number.ToString(CultureInfo.InvariantCulture),
                    ["pageUnit"] = "10",
                    ["flag"] = "rndList",
                },
                cancellationToken);

    protected override ListPage ParseList(string page, Uri address, int number) => NtisListParser.Parse(page, address, number);

    protected override DetailPage? ParseDetail(string page) => NtisDetailParser.Parse(page);
}
