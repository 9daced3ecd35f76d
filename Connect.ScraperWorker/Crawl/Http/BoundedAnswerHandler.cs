using System.Runtime.ExceptionServices;
using Polly.Timeout;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// Reads one answer as a whole, within limits of time and size. It is the innermost handler: its time excludes the waits of this
/// worker, and a body that is cut off counts as a failed attempt.
/// </summary>
internal sealed class BoundedAnswerHandler(TimeSpan pageTimeout, TimeProvider time) : DelegatingHandler
{
    /// <summary>Largest page that is read, in bytes after decompression.</summary>
    public const long MaxBytes = 5 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(pageTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token);
            await ReadAsync(response.Content, either.Token);
            return response;
        }
        catch (Exception exception)
        {
            response?.Dispose();
            var isLate = timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
            if (exception is OperationCanceledException && isLate)
            {
                throw new TimeoutRejectedException("The page did not arrive in time.", pageTimeout, exception);
            }

            if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
            {
                throw new BoardException(
                    $"{request.RequestUri!.AbsolutePath} has more than {MaxBytes} bytes, or too long headers",
                    BoardFailure.BrokenContent,
                    exception);
            }

            // A connection that was refused here is no failure of the network, and is not retried.
            if (exception is HttpRequestException { InnerException: BoardException refused })
            {
                ExceptionDispatchInfo.Throw(refused);
            }

            if (Handshakes.Explain(exception, request.RequestUri!) is { } handshake)
            {
                throw handshake;
            }

            throw;
        }

        async Task ReadAsync(HttpContent content, CancellationToken token)
        {
            try
            {
                await content.LoadIntoBufferAsync(MaxBytes, token);
            }
            catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
            {
                // Thrown by decompression.
                throw new BoardException(
                    $"{request.RequestUri!.AbsolutePath} is not encoded as it says", BoardFailure.BrokenContent, exception);
            }
        }
    }
}
