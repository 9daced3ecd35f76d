using System.Net;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The connections to a board.</summary>
internal static class BoardConnection
{
    private const int MaxHeaderKilobytes = 32;
    private const int MaxConnections = 2;

    /// <summary>The innermost handler of a board's client.</summary>
    public static SocketsHttpHandler Create(BoardOptions options)
    {
        var connector = new PublicConnector(options.AllowPrivateAddresses, options.PageTimeout);
        var connection = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = MaxConnections,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            ConnectTimeout = options.PageTimeout,
            ConnectCallback = async (context, cancellationToken) => await connector.ConnectAsync(context.DnsEndPoint, cancellationToken),

            // A proxy would resolve the board's name once more, and this check would see the proxy's address only.
            UseProxy = false,
        };
        if (options.Tls == BoardTls.Legacy)
        {
            LegacyTls.Allow(connection.SslOptions);
        }

        return connection;
    }
}
