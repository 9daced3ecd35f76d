namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>Limits the rate of requests to a host, over all instances.</summary>
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

    /// <summary>Delays the next requests of all instances to the host.</summary>
    Task PauseAsync(string host, TimeSpan pause, CancellationToken cancellationToken);
}
