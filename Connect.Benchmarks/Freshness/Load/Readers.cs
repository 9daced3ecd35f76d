using System.Diagnostics;
using System.Net.Sockets;
using Connect.Benchmarks.Freshness.Nodes;
using Connect.Benchmarks.Freshness.Oracle;

namespace Connect.Benchmarks.Freshness.Load;

/// <summary>Reads all organizations' matches on all nodes at a fixed rate and hands every answer to the oracle.</summary>
internal sealed class Readers(
    IReadOnlyList<NodeProcess> nodes, IReadOnlyList<CheckedOrganization> organizations, FreshnessOracle oracle, double perSecond, int seed)
    : IDisposable
{
    private const int ConnectionsPerNode = 8;
    private const int PermitBound = 64;

    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(20);

    private readonly Pace[] _paces = [.. nodes.Select(_ => new Pace(perSecond / nodes.Count, PermitBound))];

    /// <summary>Reads that were due and not sent, because the node could not take them.</summary>
    public long NotSent => _paces.Sum(pace => pace.Dropped);

    /// <summary>Reads until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(nodes.SelectMany((node, place) => Enumerable.Range(0, ConnectionsPerNode)
                .Select(connection => ReadAsync(node, _paces[place], new Random(HashCode.Combine(seed, place, connection)), cancellationToken))
                .Append(_paces[place].RunAsync(cancellationToken))));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the load.
        }
    }

    public void Dispose() => Array.ForEach(_paces, pace => pace.Dispose());

    private async Task ReadAsync(NodeProcess node, Pace pace, Random random, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var requests = organizations.Select(one => RawConnection.Prepare(node.Address, one.Id, one.Token)).ToArray();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!node.IsUp)
            {
                await Task.Delay(ReconnectDelay, cancellationToken);
                continue;
            }

            try
            {
                using var connection = await RawConnection.OpenAsync(node.Address, cancellationToken);
                while (node.IsUp)
                {
                    await pace.WaitAsync(cancellationToken);
                    await ReadOnceAsync(node, connection, requests, random.Next(requests.Length), cancellationToken);
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                await Task.Delay(ReconnectDelay, cancellationToken);
            }
        }
    }

    private async Task ReadOnceAsync(
        NodeProcess node, RawConnection connection, byte[][] requests, int organization, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            var answer = await connection.AskAsync(requests[organization], cancellationToken);
            oracle.Judge(new Read(
                node.Index, organization, startedAt, Stopwatch.GetTimestamp(), answer.Outcome, answer.Word, answer.Revision));
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            oracle.Judge(new Read(node.Index, organization, startedAt, Stopwatch.GetTimestamp(), ReadOutcome.Broken, 0, 0));
            throw;
        }
    }
}
