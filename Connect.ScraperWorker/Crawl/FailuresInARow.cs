using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl;

/// <summary>Tells an unreadable page from an unreadable board, which fails page after page.</summary>
internal sealed class FailuresInARow(int limit)
{
    private readonly List<BoardFailure> _failures = [];

    /// <summary>Counts a row and passes it on.</summary>
    /// <exception cref="BoardException">The last <c>limit</c> rows could not be read for reasons of the board's own.</exception>
    public RowResult Watch((RowResult Result, BoardFailure? Failure, ReadPage? Lost) row)
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
            ? new BoardException($"{limit} detail pages in a row have lost their layout", BoardFailure.LayoutLost) { Page = row.Lost }
            : new BoardException($"{limit} detail pages in a row could not be read: {row.Result.Error!.Reason}", failure);
    }
}
