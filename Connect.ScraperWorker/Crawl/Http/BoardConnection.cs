using System.Net;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The connections to a board.</summary>
internal static class BoardConnection
{
    private const int MaxHeaderKilobytes = 32;
    private const int MaxConnections = 2;

    /// <summary>The innermost handler of a board's client.</summary>
    public static SocketsHttpHandler Create(BoardOptions options, CrawlerOptions crawler)
    {
        // With a proxy, all connections are to the proxy, which may be inside of the network and resolves the boards' names. Without one
        // that the operator has chosen, none is used: the check would see its address only.
        var proxy = BoardProxy.Create(crawler);
        var connector = new PublicConnector(options.AllowPrivateAddresses || proxy is not null, options.PageTimeout);
        var connection = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = MaxConnections,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            ConnectTimeout = options.PageTimeout,
            ConnectCallback = async (context, cancellationToken) => await connector.ConnectAsync(context.DnsEndPoint, cancellationToken),
            UseProxy = proxy is not null,
            Proxy = proxy,
        };
        if (options.Tls == BoardTls.Legacy)
        {
            LegacyTls.Allow(connection.SslOptions);
        }

        return connection;
    }
}
