using System.Runtime.CompilerServices;
using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources;

/// <summary>The walk that all families share: list pages one after the other, and the detail page of each row.</summary>
internal abstract class BoardSource(Agency agency, IHttpClientFactory clients, IOptionsMonitor<SourceOptions> options) : IAnnouncementSource
{
    /// <summary>So many detail pages without the known layout in a row are no accident.</summary>
    private const int LostLayouts = 3;

    public Agency Agency => agency;

    public async IAsyncEnumerable<RowResult> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = options.Get(agency.ToString());
        using var http = clients.CreateClient(SourcesRegistration.ClientName(agency));
        var client = new BoardClient(http, settings);
        var list = new Uri(client.BaseAddress, settings.ListPath);
        HashSet<Uri> seen = [];
        var lost = 0;
        for (var number = 1; number <= settings.MaxPages; number++)
        {
            var page = await FetchListAsync(client, list, number, cancellationToken)
                ?? throw new BoardException($"{list.AbsolutePath} is gone");
            var parsed = ParseList(page, list, number);
            var known = seen.Count;
            foreach (var (row, error) in parsed.Rows)
            {
                if (row is null)
                {
                    yield return new(null, error);
                }
                else if (seen.Add(row.Address))
                {
                    var (result, hasLayout) = await ReadRowAsync(client, row, settings, cancellationToken);
                    lost = hasLayout ? 0 : lost + 1;
                    if (lost == LostLayouts)
                    {
                        throw new BoardException($"{lost} detail pages in a row have lost their layout");
                    }

                    yield return result;
                }
            }

            // A board that ignores the page number would otherwise be read over and over.
            if (!parsed.HasNext || seen.Count == known)
            {
                yield break;
            }
        }
    }

    /// <summary>Fetches list page <paramref name="number"/>, counted from 1.</summary>
    protected abstract Task<string?> FetchListAsync(BoardClient client, Uri list, int number, CancellationToken cancellationToken);

    /// <summary>Reads a list page; throws <see cref="BoardException"/> where it has not the known layout.</summary>
    protected abstract ListPage ParseList(string page, Uri address, int number);

    /// <summary>Reads a detail page; null where it has not the known layout.</summary>
    protected abstract DetailPage? ParseDetail(string page);

    private async Task<(RowResult Result, bool HasLayout)> ReadRowAsync(
        BoardClient client, ListRow row, SourceOptions settings, CancellationToken cancellationToken)
    {
        if (!client.Allows(row.Address))
        {
            return (Failed(row, "the link leads to a host that is not on the allow-list"), true);
        }

        var page = await client.GetAsync(row.Address, cancellationToken);
        if (page is null)
        {
            return (Failed(row, "the detail page is gone"), true);
        }

        return ParseDetail(page) is { } detail
            ? (new(AnnouncementComposer.Compose(agency, row, detail, settings), null), true)
            : (Failed(row, "the detail page has not the known layout"), false);
    }

    private static RowResult Failed(ListRow row, string reason) => new(null, new(row.Address.PathAndQuery, reason));
}
