namespace Connect.ScraperWorker.Crawl;

/// <summary>How far a run is. Written by the run, read by whoever reports it.</summary>
internal sealed class ScrapeProgress
{
    /// <summary>Unreadable rows of which the reasons are kept.</summary>
    private const int MaxErrors = 20;

    private readonly Lock _lock = new();
    private readonly List<RowError> _errors = [];
    private int _found;
    private int _notModified;
    private int _failed;

    /// <summary>Rows that could be read, those that are as they were included.</summary>
    public int Found => Volatile.Read(ref _found);

    /// <summary>Of these, rows whose page is as it was.</summary>
    public int NotModified => Volatile.Read(ref _notModified);

    /// <summary>Rows that could not be read.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>The first of these.</summary>
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
                lock (_lock)
                {
                    if (_errors.Count < MaxErrors)
                    {
                        _errors.Add(row.Error!);
                    }
                }

                break;
            case RowOutcome.NotModified:
                Interlocked.Increment(ref _notModified);
                Interlocked.Increment(ref _found);
                break;
            default:
                Interlocked.Increment(ref _found);
                break;
        }
    }
}
