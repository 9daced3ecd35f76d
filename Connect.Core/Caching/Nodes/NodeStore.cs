using System.Text.Json;
using Connect.Core.Data;
using Connect.Core.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Connect.Core.Caching.Nodes;

/// <summary>The statements behind nodes and activity. Times are the database's: nodes' clocks need not agree.</summary>
internal sealed class NodeStore(TruthDataSource truth, IOptions<NodeOptions> options)
{
    // Organizations are locked in order, and those that were deleted meanwhile are left out.
    private const string ActiveSql = """
        active as (
            insert into organization_activity as a (organization_id, last_active_at)
            select o.id, clock_timestamp() - t.age
            from unnest($1, $2) as t(id, age) join organizations o on o.id = t.id
            order by o.id
            for key share of o
            on conflict (organization_id) do update set last_active_at = greatest(a.last_active_at, excluded.last_active_at))
        """;

    private const string FlushSql = $"""
        with {ActiveSql},
        dead as (
            delete from cache_nodes where id in (
                select id from cache_nodes where seen_at < clock_timestamp() - $8 and id <> $3 for update skip locked))
        insert into cache_nodes as n (id, name, role, started_at, seen_at, statistics, address)
        values ($3, $4, $5, clock_timestamp() - $6, clock_timestamp(), $7, $9)
        on conflict (id) do update set
            seen_at = excluded.seen_at, statistics = excluded.statistics, address = excluded.address
        """;

    private const string LeaveSql = $"""
        with {ActiveSql}
        delete from cache_nodes where id = $3
        """;

    private const string LiveSql = """
        select id, name, role, started_at, seen_at, statistics, address from cache_nodes
        where seen_at > clock_timestamp() - $1
        order by role, name, id
        """;

    /// <summary>Stores activity and the node's totals, and forgets nodes that died long ago, in one statement.</summary>
    /// <param name="activity">Organizations with the time since they were active.</param>
    /// <param name="node">This process.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FlushAsync(IReadOnlyCollection<(Guid Id, TimeSpan Age)> activity, LocalNode node, CancellationToken cancellationToken)
    {
        await using var command = Create(FlushSql, activity, node.Id);
        command.Parameters.Add(new() { Value = node.Name });
        command.Parameters.Add(new() { Value = node.Role });
        command.Parameters.Add(new() { Value = node.Uptime, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new()
        {
            Value = JsonSerializer.Serialize(node.Read(), CacheSnapshotJson.Default.CacheSnapshot),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new() { Value = options.Value.ForgetAfter, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = node.Address is { } address ? address : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores the last activity and takes the node off the list: it ended, and did not die.</summary>
    public async Task LeaveAsync(IReadOnlyCollection<(Guid Id, TimeSpan Age)> activity, LocalNode node, CancellationToken cancellationToken)
    {
        await using var command = Create(LeaveSql, activity, node.Id);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The nodes that were seen a moment ago.</summary>
    public async Task<List<CacheNode>> FindLiveAsync(CancellationToken cancellationToken)
    {
        await using var command = truth.Pooled.CreateCommand(LiveSql);
        command.Parameters.Add(new() { Value = options.Value.LiveWithin, NpgsqlDbType = NpgsqlDbType.Interval });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<CacheNode> nodes = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            nodes.Add(new CacheNode
            {
                Id = reader.GetGuid(0),
                Name = reader.GetString(1),
                Role = reader.GetString(2),
                StartedAt = reader.GetFieldValue<DateTimeOffset>(3),
                SeenAt = reader.GetFieldValue<DateTimeOffset>(4),
                Statistics = reader.GetString(5),
                Address = reader.IsDBNull(6) ? null : reader.GetString(6),
            });
        }

        return nodes;
    }

    private NpgsqlCommand Create(string sql, IReadOnlyCollection<(Guid Id, TimeSpan Age)> activity, Guid nodeId)
    {
        var command = truth.Pooled.CreateCommand(sql);
        command.Parameters.Add(new() { Value = activity.Select(entry => entry.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = activity.Select(entry => entry.Age).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = nodeId });
        return command;
    }
}
