using System.Runtime.CompilerServices;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>A board with the rows of a test.</summary>
internal sealed class FakeSource(Agency agency = Agency.NTIS) : IAnnouncementSource
{
    private int _crawls;

    /// <summary>How often it was read.</summary>
    public int Crawls => _crawls;

    public Agency Agency => agency;

    /// <summary>The rows of the next crawl.</summary>
    public List<RowResult> Rows { get; } = [];

    /// <summary>The exception at the end of the next crawl; null for none.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Where set, the crawl waits for it behind its rows.</summary>
    public Task? Wait { get; set; }

    /// <summary>Completes when a crawl has yielded its rows and waits.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a crawl has begun.</summary>
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeSource Lists(params ScrapedAnnouncement[] announcements)
    {
        Rows.Clear();
        Rows.AddRange(announcements.Select(Announcements.Row));
        return this;
    }

    public FakeSource Fails(int rows)
    {
        Rows.AddRange(Enumerable.Range(1, rows).Select(row => RowResult.Unreadable($"/view?id={row}", new($"/view?id={row}", "the detail page is gone"))));
        return this;
    }

    /// <summary>The outcomes of missing checks by address; the board does not answer for other addresses.</summary>
    public Dictionary<string, RowOutcome> Found { get; } = [];

    /// <summary>The addresses of missing checks.</summary>
    public List<string> MissingChecks { get; } = [];

    /// <summary>The known postings of the last crawl.</summary>
    public IReadOnlyDictionary<string, KnownPosting> Known { get; private set; } = new Dictionary<string, KnownPosting>();

    public Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken)
    {
        MissingChecks.Add(address);
        return Task.FromResult(Found.TryGetValue(address, out var outcome) ? outcome : (RowOutcome?)null);
    }

    public async IAsyncEnumerable<RowResult> ReadAsync(
        IKnownPostings postings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _crawls);
        Started.TrySetResult();
        Known = await postings.FindKnownAsync([.. Rows.Select(row => row.Address).OfType<string>()], cancellationToken);
        foreach (var row in Rows.ToList())
        {
            yield return row;
        }

        if (Wait is not null)
        {
            Waiting.TrySetResult();
            await Wait.WaitAsync(cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
