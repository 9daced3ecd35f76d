namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>Lets requests to a host pass no faster than its rate. The product's one counts over all workers.</summary>
internal interface IHostLimiter
{
    /// <summary>Waits for the host's next free moment and takes it.</summary>
    /// <param name="host">Host and port, from <see cref="Authority.Of"/>.</param>
    /// <param name="spacing">The rest that the host has after this request.</param>
    /// <param name="longestPause">Longest wait.</param>
    /// <param name="cancellationToken">Gives up; the moment is lost.</param>
    /// <exception cref="BoardException">
    /// The moment is further away than <paramref name="longestPause"/> (<see cref="BoardFailure.PausedByHost"/>).
    /// </exception>
    Task WaitAsync(string host, TimeSpan spacing, TimeSpan longestPause, CancellationToken cancellationToken);

    /// <summary>Keeps everybody's next requests to the host back for so long.</summary>
    Task PauseAsync(string host, TimeSpan pause, CancellationToken cancellationToken);
}
