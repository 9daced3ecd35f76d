using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>Kinds of failures of a board, so that callers can tell one bad page from a board that is down.</summary>
internal enum BoardFailure
{
    /// <summary>No connection, a broken connection, or an answer 5xx.</summary>
    Unreachable,

    /// <summary>
    /// This page may not be read: an answer 4xx, a redirect that is not followed, a host that is not on the allow-list,
    /// an address that is not public, or robots.txt.
    /// </summary>
    Refused,

    /// <summary>No complete answer within <see cref="BoardOptions.PageTimeout"/>, retries included.</summary>
    TimedOut,

    /// <summary>An answer that is no page: too large, of another type, or not decodable.</summary>
    BrokenContent,

    /// <summary>A page without the parts that its board's pages have.</summary>
    LayoutLost,

    /// <summary>The host asked for a pause, or its next free moment is further away than <see cref="BoardOptions.LongestPause"/>.</summary>
    PausedByHost,

    /// <summary>The circuit breaker is open after many failures; nothing was sent.</summary>
    CircuitOpen,
}

/// <summary>A board that cannot be read, or one of its pages. The message is one sentence and quotes no content.</summary>
internal sealed class BoardException(string message, BoardFailure kind = BoardFailure.Unreachable, Exception? innerException = null)
    : Exception(message, innerException)
{
    public BoardFailure Kind => kind;

    /// <summary>The page that has lost its layout, where it is one.</summary>
    public ReadPage? Page { get; set; }
}
