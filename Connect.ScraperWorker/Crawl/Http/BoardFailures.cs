using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>Maps the pipeline's exceptions to <see cref="BoardException"/>.</summary>
internal static class BoardFailures
{
    /// <summary>The mapped failure; null where the exception is one already, or is not the board's.</summary>
    public static BoardException? Find(Exception exception, string path, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } handshake =>
            new($"{path} could not be fetched: {handshake.Message}", BoardFailure.Unreachable, handshake),
        HttpRequestException http => new($"{path} could not be fetched ({http.HttpRequestError})", BoardFailure.Unreachable, http),
        IOException => new($"{path} was cut off", BoardFailure.Unreachable, exception),
        BrokenCircuitException => new(
            $"{path} was not asked for, because the board failed too often", BoardFailure.CircuitOpen, exception),
        TimeoutRejectedException => new($"{path} did not answer in time", BoardFailure.TimedOut, exception),
        OperationCanceledException when !cancellationToken.IsCancellationRequested =>
            new($"{path} did not answer in time", BoardFailure.TimedOut, exception),
        _ => null,
    };
}
