using System.Runtime.CompilerServices;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl;

/// <summary>
/// Crawls a board of any shape (<see cref="BoardShape"/>): list page after list page, and the detail page of each row. Shapes differ in
/// their <see cref="ListPages"/> only.
/// </summary>
internal sealed class BoardSource(Agency agency, IHttpClientFactory clients, IOptionsMonitor<BoardOptions> options, TimeProvider time)
    : IAnnouncementSource
{
    /// <summary>Unreadable detail pages in a row that fail the whole board.</summary>
    private const int LostPages = 3;

    public Agency Agency => agency;

    private BoardOptions Settings => options.Get(agency.ToString());

    public async IAsyncEnumerable<RowResult> ReadAsync(IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = Settings;
        using var http = clients.CreateClient(CrawlRegistration.ClientName(agency));
        using var limit = new CancellationTokenSource(settings.RunTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await using var crawl = CrawlAsync(new(http, settings), settings, postings, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            try
            {
                if (!await crawl.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new BoardException($"the crawl did not end within {settings.RunTimeout}", BoardFailure.TimedOut, exception);
            }

            yield return crawl.Current;
        }
    }

    public async Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken)
    {
        var settings = Settings;
        using var http = clients.CreateClient(CrawlRegistration.ClientName(agency));
        return await new DetailReader(agency, new(http, settings), settings, Owners(settings), time).CheckMissingAsync(address, cancellationToken);
    }

    private async IAsyncEnumerable<RowResult> CrawlAsync(
        BoardClient client, BoardOptions settings, IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lists = new ListPages(client, settings);
        var (owners, moving) = (Owners(settings), new MovingAddresses(postings));
        var details = new DetailReader(agency, client, settings, owners, time);
        HashSet<string> seen = new(StringComparer.Ordinal);
        var failures = new FailuresInARow(LostPages);
        foreach (var list in lists.Lists)
        {
            for (var number = 1; number <= settings.MaxPages; number++)
            {
                var page = await lists.ReadAsync(list, number, cancellationToken);
                if (page.Source is { } first)
                {
                    postings.KeepFirst(first);
                }

                var rows = await SettleAsync(page, owners, moving, postings, client, cancellationToken);
                var before = seen.Count;
                foreach (var (row, address, known) in rows)
                {
                    if (row.Row is not { } read)
                    {
                        yield return RowResult.Unreadable(null, row.Error!);
                    }
                    else if (address is null)
                    {
                        yield return RowResult.Unreadable(null, new(read.Place, "the link is too long"));
                    }
                    else if (seen.Add(address))
                    {
                        yield return failures.Watch(await details.ReadAsync(read, address, known, cancellationToken));
                    }
                }

                // A board that ignores the page number answers the same rows for ever.
                if (!page.HasNext || (rows.Count > 0 && seen.Count == before))
                {
                    break;
                }
            }
        }
    }

    /// <summary>The rows of a page with the addresses under which they are stored, and what is known of those.</summary>
    private static async Task<List<(ListRowResult Row, string? Address, KnownPosting? Known)>> SettleAsync(
        ListPage page, PageOwners owners, MovingAddresses moving, IKnownPostings postings, BoardClient client, CancellationToken cancellationToken)
    {
        List<(ListRowResult Row, string? Address)> rows = [];
        foreach (var row in page.Rows)
        {
            var settled = row.Row is { } read ? row with { Row = read with { Address = owners.Of(read.Address).Address } } : row;
            rows.Add((settled, Postings.AddressOf(settled.Row?.Address, client.BaseAddress)));
        }

        var titles = rows.Where(row => row.Address is not null).DistinctBy(row => row.Address).ToDictionary(row => row.Address!, row => row.Row.Row!.Title);
        var known = await postings.FindKnownAsync([.. titles.Keys], cancellationToken);
        var moved = await moving.SettleAsync(titles, known.ContainsKey, cancellationToken);
        if (moved.Count > 0)
        {
            known = await postings.FindKnownAsync([.. titles.Keys.Select(address => moved.GetValueOrDefault(address, address))], cancellationToken);
        }

        return rows.ConvertAll(row => row.Address is null
            ? (row.Row, row.Address, null)
            : moved.TryGetValue(row.Address, out var before)
                ? (row.Row with { Row = row.Row.Row! with { Address = Postings.Resolve(before, client.BaseAddress) } }, before, known.GetValueOrDefault(before))
                : (row.Row, (string?)row.Address, known.GetValueOrDefault(row.Address)));
    }

    private PageOwners Owners(BoardOptions settings) => new(agency, settings, other => options.Get(other.ToString()));
}
