using System.Net.Sockets;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Caching.Layers;
using Connect.Testing.Freshness;

namespace Connect.Benchmarks.Freshness.Load;

/// <summary>Reads all organizations' matches on all instances at a fixed rate and hands every answer to the oracle.</summary>
internal sealed class Readers(CheckState check) : IDisposable
{
    private const int ConnectionsPerInstance = 8;
    private const int PermitBound = 64;

    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(20);

    private const int MaxNotes = 10;

    private readonly Pace[] _paces = [.. check.Instances.Select(_ => new Pace(check.Options.ReadsPerSecond / check.Instances.Count, PermitBound))];
    private int _notes;

    /// <summary>Reads that were due but not sent, because all connections to the instance were busy.</summary>
    public long NotSent => _paces.Sum(pace => pace.Dropped);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(check.Instances.SelectMany((instance, place) => Enumerable.Range(0, ConnectionsPerInstance)
                .Select(connection => ReadAsync(instance, _paces[place], new Random(HashCode.Combine(check.Options.Seed, place, connection)), cancellationToken))
                .Append(_paces[place].RunAsync(cancellationToken))));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the load.
        }
    }

    public void Dispose() => Array.ForEach(_paces, pace => pace.Dispose());

    private async Task ReadAsync(InstanceProcess instance, Pace pace, Random random, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var requests = check.System.Organizations.Select(one => RawConnection.Prepare(
            instance.Address, one.Token, $"GET /api/organizations/{one.Id}/matches?limit=1")).ToArray();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!instance.IsUp)
            {
                await Task.Delay(ReconnectDelay, cancellationToken);
                continue;
            }

            try
            {
                using var connection = await RawConnection.OpenAsync(instance.Address, cancellationToken);
                while (instance.IsUp)
                {
                    await pace.WaitAsync(cancellationToken);
                    await ReadOnceAsync(instance, connection, requests, random.Next(requests.Length), cancellationToken);
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                await Task.Delay(ReconnectDelay, cancellationToken);
            }
        }
    }

    private async Task ReadOnceAsync(
        InstanceProcess instance, RawConnection connection, byte[][] requests, int organization, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            var answer = await connection.AskAsync(requests[organization], cancellationToken);
            var (outcome, word, revision) = Find(answer);
            var read = new Read(instance.Index, organization, startedAt, Stopwatch.GetTimestamp(), outcome, word, revision);
            if (!check.Oracle.Judge(read) && Interlocked.Increment(ref _notes) <= MaxNotes)
            {
                check.Note(
                    $"instance {instance.Index} answered after {Stopwatch.GetElapsedTime(read.StartedAt, read.EndedAt).TotalMilliseconds:0} ms:\n"
                    + $"{answer}\nand wrote last:\n{instance.Log()}");
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            check.Oracle.Judge(new Read(instance.Index, organization, startedAt, Stopwatch.GetTimestamp(), ReadOutcome.Broken, 0, 0));
            throw;
        }
    }

    private static (ReadOutcome Outcome, int Word, int Revision) Find(RawAnswer answer)
    {
        if (answer.Status != 200)
        {
            return (answer.Status == 503 ? ReadOutcome.Unavailable : ReadOutcome.Failed, 0, 0);
        }

        if (!FreshnessWords.TryFind(answer.Bytes, out var word, out var revision))
        {
            return (ReadOutcome.Empty, 0, 0);
        }

        var outcome = answer.Outcome switch
        {
            CacheOutcome.Memory => ReadOutcome.Memory,
            CacheOutcome.Redis => ReadOutcome.Redis,
            CacheOutcome.Miss => ReadOutcome.Miss,
            CacheOutcome.Stale => ReadOutcome.MarkedStale,
            _ => ReadOutcome.Unnamed,
        };
        return (outcome, word, revision);
    }
}
