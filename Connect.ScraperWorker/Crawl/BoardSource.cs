using System.Globalization;
using System.Runtime.CompilerServices;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl;

/// <summary>
/// Crawls a board of any family (<see cref="BoardShape"/>): list page after list page, and the detail page of each row.
/// Families differ in the request of a list page and in its parser.
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
        var client = new BoardClient(http, settings);
        try
        {
            var page = await client.GetAsync(Postings.Resolve(address, client.BaseAddress), cancellationToken);
            return page is null ? RowOutcome.Gone : DetailPage.Read(page, settings.Detail) is null ? RowOutcome.Lost : RowOutcome.Present;
        }
        catch (BoardException)
        {
            // No answer proves nothing about the posting.
            return null;
        }
    }

    /// <summary>
    /// Fetches list page <paramref name="number"/>, counted from 1. A portal's first page opens the session; its later
    /// ones are requested by posting the search form.
    /// </summary>
    private static Task<string?> FetchListAsync(
        BoardClient client, Uri list, int number, BoardOptions settings, CancellationToken cancellationToken)
    {
        if (settings.Shape != BoardShape.Portal || number == 1)
        {
            return client.GetAsync(PageOf(list, settings.Paging.Parameter, number), cancellationToken);
        }

        var form = QueryHelpers.ParseQuery(settings.Paging.Form).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        form[settings.Paging.Parameter] = number.ToString(CultureInfo.InvariantCulture);
        return client.PostAsync(list, form, cancellationToken);
    }

    /// <exception cref="BoardException">The page has lost its layout.</exception>
    private static ListPage ParseList(string page, Uri address, int number, BoardOptions settings) => settings.Shape == BoardShape.Blocks
        ? BlockBoardListParser.Parse(page, address, number, settings)
        : TableBoardListParser.Parse(page, address, number, settings);

    /// <summary>The address of list page <paramref name="number"/>, where a query parameter names it.</summary>
    private static Uri PageOf(Uri list, string parameter, int number)
    {
        if (number == 1 || parameter.Length == 0)
        {
            return list;
        }

        var separator = list.Query.Length == 0 ? '?' : '&';
        return new(list, string.Create(CultureInfo.InvariantCulture, $"{list.PathAndQuery}{separator}{parameter}={number}"));
    }

    private async IAsyncEnumerable<RowResult> CrawlAsync(
        BoardClient client, BoardOptions settings, IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = new Uri(client.BaseAddress, settings.ListPath);
        HashSet<string> seen = new(StringComparer.Ordinal);
        var failures = new FailuresInARow(LostPages);
        for (var number = 1; number <= settings.MaxPages; number++)
        {
            var page = await FetchListAsync(client, list, number, settings, cancellationToken)
                ?? throw new BoardException($"{list.AbsolutePath} is gone", BoardFailure.Unreachable);
            var parsed = ParseList(page, list, number, settings);
            var rows = parsed.Rows.Select(row => (Row: row, Address: Postings.AddressOf(row.Row?.Address, client.BaseAddress))).ToList();
            var known = await postings.FindKnownAsync([.. rows.Select(row => row.Address).OfType<string>()], cancellationToken);
            var before = seen.Count;
            foreach (var ((row, error), address) in rows)
            {
                if (row is null)
                {
                    yield return RowResult.Unreadable(null, error!);
                }
                else if (address is null)
                {
                    yield return RowResult.Unreadable(null, new(row.Place, "the link is too long"));
                }
                else if (seen.Add(address))
                {
                    yield return failures.Watch(await ReadRowAsync(client, row, address, known.GetValueOrDefault(address), settings, cancellationToken));
                }
            }

            // A board that ignores the page number answers the same rows for ever.
            if (!parsed.HasNext || seen.Count == before)
            {
                yield break;
            }
        }
    }

    private async Task<(RowResult Result, BoardFailure? Failure)> ReadRowAsync(
        BoardClient client, ListRow row, string address, KnownPosting? known, BoardOptions settings, CancellationToken cancellationToken)
    {
        var hash = Postings.HashOf(row, settings);
        var isKnown = known?.ListHash == hash;
        if (isKnown && known!.InThisRun)
        {
            return (RowResult.ReadBefore(address, hash), null);
        }

        if (!client.Allows(row.Address))
        {
            return (Unreadable(row, address, "the link leads to a host that is not on the allow-list"), null);
        }

        try
        {
            var page = await client.GetAsync(row.Address, isKnown ? known!.Validators : null, cancellationToken);
            if (page is null)
            {
                return (Unreadable(row, address, "the detail page is gone"), null);
            }

            if (page.NotModified)
            {
                return (RowResult.NotModified(address, hash), null);
            }

            return DetailPage.Read(page.Text, settings.Detail) is { } detail
                ? (RowResult.Read(address, hash, AnnouncementComposer.Compose(agency, row, detail, settings, time.GetUtcNow()), page.Validators), null)
                : (Unreadable(row, address, "the detail page has not the known layout"), BoardFailure.LayoutLost);
        }
        catch (BoardException exception)
        {
            // One failed page loses one row; three in a row fail the whole board.
            return (Unreadable(row, address, exception.Message), exception.Kind);
        }
    }

    private static RowResult Unreadable(ListRow row, string address, string reason) =>
        RowResult.Unreadable(address, new(row.Address.PathAndQuery, reason));
}
