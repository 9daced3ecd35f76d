using System.Collections.Immutable;
using System.Text.Json;
using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Data.Model;

namespace Connect.Data.Instances;

/// <summary>One live process and its totals.</summary>
/// <param name="Id">Of the process's life.</param>
/// <param name="Name">As in <c>X-Instance</c>.</param>
/// <param name="Role"><c>api</c> or <c>worker</c>.</param>
/// <param name="StartedAt">By the database's clock.</param>
/// <param name="SeenAt">When it told of itself last.</param>
/// <param name="IsSelf">Whether it is the process that answers.</param>
/// <param name="Totals">Since it started; the answering process's are of this moment.</param>
public sealed record LiveInstance(
    Guid Id, string Name, string Role, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsSelf, CacheSnapshot Totals);

/// <summary>The live processes.</summary>
/// <param name="Nodes">By role and name; the answering one is always among them.</param>
/// <param name="IsComplete">False where the database could not be asked for the others.</param>
public sealed record LiveInstances(ImmutableArray<LiveInstance> Nodes, bool IsComplete);

/// <summary>Where a live process's metrics are read.</summary>
/// <param name="Role"><c>api</c> or <c>worker</c>.</param>
/// <param name="Address">Host and port.</param>
public sealed record InstanceAddress(string Role, string Address);

/// <summary>Reads the totals of all live processes.</summary>
public sealed class CacheInstances
{
    private readonly LocalInstance _self;
    private readonly InstanceStore _store;
    private readonly TimeProvider _time;

    internal CacheInstances(LocalInstance self, InstanceStore store, TimeProvider time) => (_self, _store, _time) = (self, store, time);

    /// <summary>All live processes; only the own one while the database cannot be asked.</summary>
    public async Task<LiveInstances> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rows = await _store.FindLiveAsync(cancellationToken).ConfigureAwait(false);
            var own = rows.Find(row => row.Id == _self.Id);
            var others = rows.Where(row => row.Id != _self.Id).Select(ToNode).OfType<LiveInstance>();
            return new LiveInstances(
                [.. others.Append(Self(own?.StartedAt)).OrderBy(node => node.Role, StringComparer.Ordinal).ThenBy(node => node.Name, StringComparer.Ordinal)],
                IsComplete: true);
        }
        catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception))
        {
            return new LiveInstances([Self(startedAt: null)], IsComplete: false);
        }
    }

    /// <summary>The addresses of all live processes that told one.</summary>
    /// <exception cref="Exception">The database cannot be asked: who follows the list goes on with the one it has.</exception>
    public async Task<IReadOnlyList<InstanceAddress>> ReadAddressesAsync(CancellationToken cancellationToken) =>
    [
        .. (await _store.FindLiveAsync(cancellationToken).ConfigureAwait(false))
            .Where(row => row.Address is not null)
            .Select(row => new InstanceAddress(row.Role, row.Address!)),
    ];

    // Another release may write what this one cannot read: it is left out, not an error.
    private static LiveInstance? ToNode(CacheInstance row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Statistics, CacheSnapshotJson.Default.CacheSnapshot) is { } totals
                ? new LiveInstance(row.Id, row.Name, row.Role, row.StartedAt, row.SeenAt, IsSelf: false, totals)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private LiveInstance Self(DateTimeOffset? startedAt)
    {
        var now = _time.GetUtcNow();
        return new LiveInstance(_self.Id, _self.Name, _self.Role, startedAt ?? now - _self.Uptime, now, IsSelf: true, _self.Read());
    }
}
