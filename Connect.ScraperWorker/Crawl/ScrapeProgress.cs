using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Crawl;

/// <summary>The rows that a run has read so far. Written by the run, read by its reports.</summary>
internal sealed class ScrapeProgress
{
    /// <summary>Unreadable and unsure rows with kept reasons.</summary>
    private const int MaxErrors = 20;

    private const int LongestText = 200;

    private readonly Lock _lock = new();
    private readonly List<RowError> _errors = [];
    private int _found;
    private int _notModified;
    private int _failed;
    private int _unsure;

    /// <summary>Rows that could be read, unmodified ones included.</summary>
    public int Found => Volatile.Read(ref _found);

    /// <summary>Of these, rows with an unmodified page.</summary>
    public int NotModified => Volatile.Read(ref _notModified);

    /// <summary>Rows that could not be read.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Rows that were read, but whose period was not understood in every part.</summary>
    public int Unsure => Volatile.Read(ref _unsure);

    /// <summary>The page that is kept if the run is suspicious; the only page that a run holds in memory for longer than it is read.</summary>
    public ReadPage? Page { get; set; }

    /// <summary>The first 20 of these and of those that could not be read.</summary>
    public IReadOnlyList<RowError> Errors
    {
        get
        {
            lock (_lock)
            {
                return [.. _errors];
            }
        }
    }

    public void Count(RowResult row)
    {
        switch (row.Outcome)
        {
            case RowOutcome.Unreadable:
                Interlocked.Increment(ref _failed);
                Keep(row.Error!);
                break;
            case RowOutcome.NotModified:
                Interlocked.Increment(ref _notModified);
                Interlocked.Increment(ref _found);
                break;
            default:
                Interlocked.Increment(ref _found);
                if (row.Announcement?.UnsurePeriod is { } period)
                {
                    Interlocked.Increment(ref _unsure);
                    Keep(new(row.Address!, $"the period is not understood: {(period.Length > LongestText ? period[..LongestText] : period)}"));
                }

                break;
        }
    }

    private void Keep(RowError error)
    {
        lock (_lock)
        {
            if (_errors.Count < MaxErrors)
            {
                _errors.Add(error);
            }
        }
    }
}
