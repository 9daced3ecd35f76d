using System.Collections.Immutable;
using System.Text.Json;
using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;

namespace Connect.Data.Instances;

/// <summary>One live instance and its totals.</summary>
/// <param name="Id">Version 7 UUID, new for each start of the process.</param>
/// <param name="Name">As in <c>X-Instance</c>.</param>
/// <param name="Role"><c>api</c> or <c>worker</c>.</param>
/// <param name="StartedAt">By the database's clock.</param>
/// <param name="SeenAt">Its last flush, by the database's clock.</param>
/// <param name="IsSelf">Whether it is this instance.</param>
/// <param name="Totals">Since it started; as of its last flush; for this instance as of now.</param>
public sealed record LiveInstance(
    Guid Id, string Name, string Role, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsSelf, CacheSnapshot Totals);

/// <summary>The live instances.</summary>
/// <param name="Instances">By role and name; always includes this instance.</param>
/// <param name="IsComplete">False if the database could not be asked for the others.</param>
public sealed record LiveInstances(ImmutableArray<LiveInstance> Instances, bool IsComplete);

/// <summary>The address of a live instance's metrics.</summary>
/// <param name="Role"><c>api</c> or <c>worker</c>.</param>
/// <param name="Address">Host and port.</param>
public sealed record InstanceAddress(string Role, string Address);

/// <summary>Reads the totals of all live instances.</summary>
public sealed class CacheInstances
{
    private readonly LocalInstance _self;
    private readonly InstanceStore _store;
    private readonly TimeProvider _time;

    internal CacheInstances(LocalInstance self, InstanceStore store, TimeProvider time) => (_self, _store, _time) = (self, store, time);

    /// <summary>All live instances; only this one while the database cannot be reached.</summary>
    public async Task<LiveInstances> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rows = await _store.FindLiveAsync(cancellationToken).ConfigureAwait(false);
            var own = rows.Find(row => row.Id == _self.Id);
            var others = rows.Where(row => row.Id != _self.Id).Select(ToLive).OfType<LiveInstance>();
            return new LiveInstances(
                [.. others.Append(Self(own?.StartedAt)).OrderBy(instance => instance.Role, StringComparer.Ordinal).ThenBy(instance => instance.Name, StringComparer.Ordinal)],
                IsComplete: true);
        }
        catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
        {
            return new LiveInstances([Self(startedAt: null)], IsComplete: false);
        }
    }

    /// <summary>The addresses of all live instances that have one.</summary>
    /// <exception cref="Exception">The database cannot be asked: Prometheus keeps its last list then.</exception>
    public async Task<IReadOnlyList<InstanceAddress>> ReadAddressesAsync(CancellationToken cancellationToken) =>
    [
        .. (await _store.FindLiveAsync(cancellationToken).ConfigureAwait(false))
            .Where(row => row.Address is not null)
            .Select(row => new InstanceAddress(row.Role, row.Address!)),
    ];

    // A row of another release may be unreadable: it is skipped.
    private static LiveInstance? ToLive(CacheInstance row)
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
