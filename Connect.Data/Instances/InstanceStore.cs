using System.Text.Json;
using Connect.Caching.Generations;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Connect.Data.Instances;

/// <summary>The SQL of instances and activity. Times are the database's: instances' clocks may disagree.</summary>
internal sealed class InstanceStore(PrimaryDatabase primary, IOptions<InstanceOptions> options)
{
    // Organizations are locked in order, and those that were deleted meanwhile are left out.
    private const string ActiveSql = """
        active as (
            insert into organization_activity as a (organization_id, last_active_at)
            select o.id, clock_timestamp() - t.age
            from unnest($1, $2) as t(id, age) join organizations o on o.id = t.id and o.status = 'Active'
            order by o.id
            for key share of o
            on conflict (organization_id) do update set last_active_at = greatest(a.last_active_at, excluded.last_active_at))
        """;

    // Adds the totals' growth since the last flush to the database's current minute. The last totals are in the
    // instance's row, which the same statement replaces: nothing counts twice, even if an earlier flush's outcome is
    // unknown. Layers are locked in order. If the row was deleted while the instance could not flush, its growth is not
    // counted at all.
    private const string HistorySql = """
        history as (
            insert into cache_minutes as m (
                minute, layer, memory, redis, miss, stale, computations, computation_seconds, queries, timed_hits, timed_hit_seconds)
            select date_trunc('minute', clock_timestamp()), l.name, d.*
            from jsonb_to_recordset($7 -> 'layers') as l(
                name text, memory bigint, redis bigint, miss bigint, stale bigint, computations bigint, "computationSeconds" float8,
                queries bigint, "timedHits" bigint, "timedHitSeconds" float8)
            left join cache_instances n on n.id = $3
            left join lateral jsonb_to_recordset(n.statistics -> 'layers') as p(
                name text, memory bigint, redis bigint, miss bigint, stale bigint, computations bigint, "computationSeconds" float8,
                queries bigint, "timedHits" bigint, "timedHitSeconds" float8) on p.name = l.name
            cross join lateral (select
                l.memory - coalesce(p.memory, 0) as memory, l.redis - coalesce(p.redis, 0) as redis, l.miss - coalesce(p.miss, 0) as miss,
                l.stale - coalesce(p.stale, 0) as stale, l.computations - coalesce(p.computations, 0) as computations,
                l."computationSeconds" - coalesce(p."computationSeconds", 0) as computation_seconds,
                l.queries - coalesce(p.queries, 0) as queries, l."timedHits" - coalesce(p."timedHits", 0) as timed_hits,
                l."timedHitSeconds" - coalesce(p."timedHitSeconds", 0) as timed_hit_seconds) d
            where (n.id is not null or $6 < $8) and d.memory + d.redis + d.miss + d.stale + d.computations > 0
            order by l.name
            on conflict (minute, layer) do update set
                memory = m.memory + excluded.memory, redis = m.redis + excluded.redis, miss = m.miss + excluded.miss,
                stale = m.stale + excluded.stale, computations = m.computations + excluded.computations,
                computation_seconds = m.computation_seconds + excluded.computation_seconds, queries = m.queries + excluded.queries,
                timed_hits = m.timed_hits + excluded.timed_hits, timed_hit_seconds = m.timed_hit_seconds + excluded.timed_hit_seconds)
        """;

    private const string FlushSql = $"""
        with {ActiveSql},
        {HistorySql},
        dead as (
            delete from cache_instances where id in (
                select id from cache_instances where seen_at < clock_timestamp() - $8 and id <> $3 for update skip locked))
        insert into cache_instances as n (id, name, role, started_at, seen_at, statistics, address)
        values ($3, $4, $5, clock_timestamp() - $6, clock_timestamp(), $7, $9)
        on conflict (id) do update set
            seen_at = excluded.seen_at, statistics = excluded.statistics, address = excluded.address
        """;

    private const string LeaveSql = $"""
        with {ActiveSql},
        {HistorySql}
        delete from cache_instances where id = $3
        """;

    private const string LiveSql = """
        select id, name, role, started_at, seen_at, statistics, address from cache_instances
        where seen_at > clock_timestamp() - $1
        order by role, name, id
        """;

    /// <summary>
    /// Stores activity, the instance's totals and their growth, and deletes dead instances' rows, in one statement.
    /// </summary>
    /// <param name="activity">Organizations with the time since they were active.</param>
    /// <param name="instance">This instance.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FlushAsync(IReadOnlyCollection<(Guid Id, TimeSpan Age)> activity, LocalInstance instance, CancellationToken cancellationToken)
    {
        await using var command = Create(FlushSql, activity, instance);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores the last activity and growth, and deletes the row of an instance that stops.</summary>
    public async Task LeaveAsync(IReadOnlyCollection<(Guid Id, TimeSpan Age)> activity, LocalInstance instance, CancellationToken cancellationToken)
    {
        await using var command = Create(LeaveSql, activity, instance);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Instances that were seen within <see cref="InstanceOptions.LiveWithin"/>.</summary>
    public async Task<List<CacheInstance>> FindLiveAsync(CancellationToken cancellationToken)
    {
        await using var command = primary.Pooled.CreateCommand(LiveSql);
        command.Parameters.Add(new() { Value = options.Value.LiveWithin, NpgsqlDbType = NpgsqlDbType.Interval });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<CacheInstance> instances = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            instances.Add(new CacheInstance
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

        return instances;
    }

    private NpgsqlCommand Create(string sql, IReadOnlyCollection<(Guid Id, TimeSpan Age)> activity, LocalInstance instance)
    {
        var command = primary.Pooled.CreateCommand(sql);
        command.Parameters.Add(new() { Value = activity.Select(entry => entry.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = activity.Select(entry => entry.Age).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = instance.Id });
        command.Parameters.Add(new() { Value = instance.Name });
        command.Parameters.Add(new() { Value = instance.Role });
        command.Parameters.Add(new() { Value = instance.Uptime, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new()
        {
            Value = JsonSerializer.Serialize(instance.Read(), CacheSnapshotJson.Default.CacheSnapshot),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new() { Value = options.Value.ForgetAfter, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = instance.Address is { } address ? address : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }
}
