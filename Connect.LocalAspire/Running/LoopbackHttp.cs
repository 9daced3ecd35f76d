using System.Net;

namespace Connect.LocalAspire.Running;

/// <summary>The client for questions to processes on this machine.</summary>
internal static class LoopbackHttp
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>No proxy, and no trace context: polling is not part of anybody's request.</summary>
    public static HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        UseProxy = false,
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = AnswerTimeout,
    };
}
