using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Connect.Testing.Faults;

/// <summary>
/// A TCP proxy to Postgres that drops notifications and passes everything else, as a proxy does that pools transactions:
/// LISTEN succeeds and nothing arrives. Of the protocol it reads type and length of the server's messages.
/// </summary>
internal sealed class MuteGate : IDisposable
{
    private const byte NotificationResponse = (byte)'A';
    private const int HeaderLength = 5;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;

    private MuteGate(int target) => _target = target;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static MuteGate To(int port)
    {
        var gate = new MuteGate(port);
        gate._listener.Start();
        _ = gate.AcceptAsync();
        return gate;
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The gate was disposed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), PassMessagesAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // When one side closes, the other is closed as well.
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
