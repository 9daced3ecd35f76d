using System.Net;
using System.Net.Sockets;

namespace Connect.LocalAspire.Running;

/// <summary>
/// Free TCP ports on the loopback address. They are picked below the range that the systems use for
/// outgoing connections: a port of that range can be taken between here and the process that binds it.
/// </summary>
internal static class PortAllocator
{
    private const int First = 15_000;
    private const int Last = 32_000;
    private const int Attempts = 200;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Handed = [];

    public static int Next()
    {
        lock (Gate)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var port = Random.Shared.Next(First, Last);
                if (!Handed.Contains(port) && IsFree(port))
                {
                    Handed.Add(port);
                    return port;
                }
            }
        }

        throw new EnvironmentProblemException($"No free TCP port was found between {First} and {Last} on the loopback address.");
    }

    public static void EnsureFree(int port, string resourceName)
    {
        if (!IsFree(port))
        {
            throw new EnvironmentProblemException(
                $"Port {port}, which the resource '{resourceName}' needs, is in use by another process: stop that process or change the port in the project's launchSettings.json.");
        }
    }

    public static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && CanBind(IPAddress.IPv6Loopback, port);

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable)
        {
            // A machine without IPv6: nobody can hold the port there.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
