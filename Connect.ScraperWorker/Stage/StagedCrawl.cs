using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Lease;

namespace Connect.ScraperWorker.Stage;

/// <summary>
/// Crawls a board and stages its rows in batches, then checks the postings that the list no longer shows. It finds the
/// crawl's known postings in the database.
/// </summary>
internal sealed class StagedCrawl(IAnnouncementSource source, StagedRows staged, RunLease lease, ScrapeProgress progress, TimeProvider time)
    : IKnownPostings
{
    private const int Batch = 200;

    private readonly List<StagedRow> _pending = new(Batch);
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private int _ordinal;

    /// <summary>Crawls the board to its end.</summary>
    /// <param name="onUnreadable">Called for each row that could not be read.</param>
    /// <param name="cancellationToken">Stops; staged rows stay for the next attempt.</param>
    public async Task CrawlAsync(Action<RowError> onUnreadable, CancellationToken cancellationToken)
    {
        await staged.TidyAsync(lease, cancellationToken);
        await foreach (var row in source.ReadAsync(this, cancellationToken))
        {
            // Of two rows with one address, the first counts.
            if (row.Address is { } address && !_addresses.Add(address))
            {
                continue;
            }

            progress.Count(row);
            if (row.Error is { } error)
            {
                onUnreadable(error);
            }

            await StageAsync(row, cancellationToken);
        }

        await FlushAsync(cancellationToken);
        await staged.AnalyzeAsync(cancellationToken);
    }

    /// <summary>The missing check: requests open postings that the list did not show, at their own addresses.</summary>
    public async Task CheckMissingAsync(int limit, CancellationToken cancellationToken)
    {
        foreach (var address in await staged.FindMissingAsync(lease, limit, cancellationToken))
        {
            var outcome = await source.CheckMissingAsync(address, cancellationToken) ?? RowOutcome.Unanswered;
            await StageAsync(RowResult.Checked(address, outcome), cancellationToken);
        }

        await FlushAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, KnownPosting>> FindKnownAsync(
        IReadOnlyCollection<string> addresses, CancellationToken cancellationToken) =>
        await staged.FindKnownAsync(lease, addresses, cancellationToken);

    /// <inheritdoc />
    public void KeepFirst(ReadPage list) => progress.Page = list;

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, string>> FindTitlesAsync(CancellationToken cancellationToken) => staged.FindTitlesAsync(lease, cancellationToken);

    private async Task StageAsync(RowResult row, CancellationToken cancellationToken)
    {
        // A row without an address cannot be staged; it is already counted.
        if (row.Address is null)
        {
            return;
        }

        _pending.Add(new(_ordinal++, row, row.Announcement is { } announcement ? StagedProgram.Of(announcement, time.GetUtcNow()) : null));
        if (_pending.Count == Batch)
        {
            await FlushAsync(cancellationToken);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_pending.Count > 0)
        {
            await staged.AddAsync(lease, _pending, cancellationToken);
            _pending.Clear();
        }
    }
}
