using System.Net;
using System.Net.Sockets;

namespace Connect.Testing.Faults;

/// <summary>A TCP proxy to a server that can be closed and opened again. While it is closed, connections are broken and new ones refused.</summary>
internal sealed class TcpGate : IAsyncDisposable
{
    private readonly IPEndPoint _target;
    private readonly List<TcpClient> _open = [];
    private readonly Lock _gate = new();
    private readonly int _port;
    private TcpListener? _listener;
    private volatile bool _hangs;

    private TcpGate(IPEndPoint target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>The gate's own port.</summary>
    public int Port => _port;

    public static TcpGate To(int port) => new(new IPEndPoint(IPAddress.Loopback, port));

    public void Close()
    {
        lock (_gate)
        {
            _listener?.Stop();
            _listener = null;
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    /// <summary>From now on connections stay open and nothing passes, as with a server that hangs.</summary>
    public void Hang() => _hangs = true;

    public void Open()
    {
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return default;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = RelayAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The gate was closed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        var server = new TcpClient();
        lock (_gate)
        {
            if (_listener is null)
            {
                client.Dispose();
                return;
            }

            _open.AddRange([client, server]);
        }

        try
        {
            // Small packets are sent at once: gathering them would add forty milliseconds to what a test measures.
            (client.NoDelay, server.NoDelay) = (true, true);
            await server.ConnectAsync(_target);
            await Task.WhenAny(PassAsync(client.GetStream(), server.GetStream()), PassAsync(server.GetStream(), client.GetStream()));
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // When one side closes, the other is closed as well.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            if (!_hangs)
            {
                await to.WriteAsync(buffer.AsMemory(0, count));
            }
        }
    }
}
