using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Connect.Testing.Faults;

/// <summary>
/// A TCP proxy to a server that can be closed and opened again. While it is closed, connections are broken and new ones
/// refused.
/// </summary>
internal sealed class TcpGate : IAsyncDisposable
{
    private const byte NotificationResponse = (byte)'A';
    private const int HeaderLength = 5;

    private readonly IPEndPoint _target;
    private readonly bool _isMute;
    private readonly List<TcpClient> _open = [];
    private readonly Lock _gate = new();
    private TcpListener? _listener;
    private volatile bool _hangs;
    private int _toBreak;

    private TcpGate(int target, bool isMute)
    {
        (_target, _isMute) = (new IPEndPoint(IPAddress.Loopback, target), isMute);
        Open();
        Port = ((IPEndPoint)_listener!.LocalEndpoint).Port;
    }

    public int Port { get; }

    public static TcpGate To(int port) => new(port, isMute: false);

    /// <summary>
    /// A gate to Postgres that drops notifications and passes everything else, as a proxy does that pools transactions:
    /// LISTEN succeeds and nothing arrives. Of the protocol it reads type and length of the server's messages.
    /// </summary>
    public static TcpGate WithoutNotifications(int port) => new(port, isMute: true);

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

    /// <summary>The next connections are accepted and broken, and those after them pass.</summary>
    public void BreakNext(int connections)
    {
        lock (_gate)
        {
            _toBreak = connections;
        }
    }

    public void Open()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
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
                _ = RelayAsync(await listener.AcceptTcpClientAsync());
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
            if (_listener is null || _toBreak-- > 0)
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
            var (asking, answering) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(
                PassAsync(asking, answering), _isMute ? PassMessagesAsync(answering, asking) : PassAsync(answering, asking));
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

    private static async Task PassMessagesAsync(NetworkStream from, NetworkStream to)
    {
        var header = new byte[HeaderLength];
        while (await from.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false) == HeaderLength)
        {
            var content = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
            await from.ReadExactlyAsync(content);
            if (header[0] != NotificationResponse)
            {
                await to.WriteAsync((byte[])[.. header, .. content]);
            }
        }
    }
}
