namespace Connect.ScraperWorker.Crawl;

/// <summary>Tells a page that cannot be read from a board that cannot: the latter fails page after page.</summary>
internal sealed class FailuresInARow(int limit)
{
    private readonly List<BoardFailure> _failures = [];

    /// <summary>Passes a row on.</summary>
    /// <exception cref="BoardException">So many rows in a row could not be read for reasons that are the board's.</exception>
    public RowResult Watch((RowResult Result, BoardFailure? Failure) row)
    {
        if (row.Failure is not { } failure)
        {
            _failures.Clear();
            return row.Result;
        }

        _failures.Add(failure);
        if (_failures.Count < limit)
        {
            return row.Result;
        }

        throw _failures.TrueForAll(kind => kind == BoardFailure.LayoutLost)
            ? new BoardException($"{limit} detail pages in a row have lost their layout", BoardFailure.LayoutLost)
            : new BoardException($"{limit} detail pages in a row could not be read: {row.Result.Error!.Reason}", failure);
    }
}
