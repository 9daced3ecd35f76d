using Connect.AppHost;
using Connect.AppHost.Servers;

namespace Connect.Testing.Processes;

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
                if (!Handed.Contains(port) && FixedPorts.IsFree(port))
                {
                    Handed.Add(port);
                    return port;
                }
            }
        }

        throw new EnvironmentProblemException($"No free TCP port was found between {First} and {Last} on the loopback address.");
    }
}
