using System.Net;
using System.Net.Sockets;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// Opens connections to public addresses only. An allowed name can be pointed at the inside of the network by its zone's owner or
/// by a resolver on the way (DNS rebinding). So the name is resolved once, here, and the checked address is the one that is
/// connected to.
/// </summary>
internal sealed class PublicConnector(
    bool allowPrivate, TimeSpan timeout, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>Tries the name's public addresses in turn.</summary>
    /// <exception cref="BoardException">It has none (<see cref="BoardFailure.Refused"/>).</exception>
    public async Task<Stream> ConnectAsync(DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        var addresses = await _resolve(endpoint.Host, cancellationToken);
        var allowed = allowPrivate ? addresses : Array.FindAll(addresses, PublicAddresses.Contains);
        if (allowed.Length == 0)
        {
            throw new BoardException($"the host {endpoint.Host} has no public address", BoardFailure.Refused);
        }

        for (var i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(allowed[i], endpoint.Port), timeout / allowed.Length, cancellationToken);
            }
            catch (SocketException) when (i < allowed.Length - 1)
            {
                // The next address is tried; the last one's failure is thrown.
            }
        }
    }

    private static async Task<NetworkStream> ConnectAsync(IPEndPoint endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(timeout);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
