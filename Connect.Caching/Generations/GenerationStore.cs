using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Connect.Caching.Generations;

/// <summary>The statements behind the generations. One place knows the table.</summary>
internal sealed class GenerationStore(PrimaryDatabase database)
{
    /// <summary>The channel that bumps are announced on.</summary>
    public const string Channel = "connect_generations";

    /// <summary>
    /// Bumps every given row, announces it and writes the eviction down, in one statement. Sorted by the caller: rows
    /// are locked in that order. Nothing is visible or delivered before the surrounding transaction commits.
    /// </summary>
    public const string BumpSql = $"""
        with bumped as (
            insert into cache_generations as g (tag, generation, xid, reason, bumped_at)
            select t.tag, (extract(epoch from clock_timestamp()) * 1000000)::bigint, pg_current_xact_id(), $2, clock_timestamp()
            from unnest($1) with ordinality as t(tag, place)
            order by t.place
            on conflict (tag) do update set
                generation = greatest(g.generation + 1, excluded.generation),
                xid = excluded.xid, reason = excluded.reason, bumped_at = excluded.bumped_at
            returning g.tag, g.generation),
        logged as (
            insert into cache_evictions (at, tags, reason, cause_id)
            select clock_timestamp(), $1, $2, $3 where cardinality($1) > 0)
        select b.tag, b.generation, pg_notify('{Channel}', b.generation || ' ' || b.tag), pg_current_xact_id() from bumped b
        """;

    private const string Generations = """
        select s.system_identifier, c.timeline_id, d.oid, pg_snapshot_xmin(pg_current_snapshot()), g.tag, g.generation,
            case when pg_is_in_recovery() then null else (pg_current_wal_flush_lsn() - '0/0')::bigint end
        from pg_control_system() s, pg_control_checkpoint() c, pg_database d
        """;

    private const string LoadSql = Generations + """

        left join cache_generations g on g.tag = any($1)
        where d.datname = current_database()
        """;

    private const string PollSql = Generations + """

        left join cache_generations g on g.xid >= $1
        where d.datname = current_database()
        """;

    private const string BaselineSql = Generations + """

        left join cache_generations g on false
        where d.datname = current_database()
        """;

    /// <summary>Reads the given rows, on the caller's thread and a connection of their own pool.</summary>
    public GenerationSnapshot Load(string[] rows) => database.Read(() =>
    {
        using var command = database.Generations.CreateCommand(LoadSql);
        command.Parameters.Add(new() { Value = rows, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return Read(command);
    });

    /// <summary>Lets the next query use a new connection.</summary>
    public void ForgetConnections() => database.Generations.Clear();

    /// <summary>Bumps rows in a transaction of their own.</summary>
    public async Task<IReadOnlyDictionary<string, long>> BumpAsync(
        IEnumerable<string> rows, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.Pooled.CreateCommand(BumpSql);
        AddBumpParameters(command.Parameters, rows, reason);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return (await ReadBumpsAsync(reader, cancellationToken).ConfigureAwait(false)).Generations;
    }

    /// <summary>The parameters of <see cref="BumpSql"/>.</summary>
    /// <param name="parameters">Of the command.</param>
    /// <param name="rows">The rows to bump.</param>
    /// <param name="reason">The reason, in a word.</param>
    /// <param name="causeId">The cause's id, given by the application; null for none.</param>
    public static void AddBumpParameters(
        NpgsqlParameterCollection parameters, IEnumerable<string> rows, string reason, Guid? causeId = null)
    {
        var sorted = rows.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        parameters.Add(new() { Value = sorted, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        parameters.Add(new() { Value = reason, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new() { Value = (object?)causeId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
    }

    public static async Task<(Dictionary<string, long> Generations, ulong Xid)> ReadBumpsAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var generations = new Dictionary<string, long>(StringComparer.Ordinal);
        var xid = 0UL;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            generations[reader.GetString(0)] = reader.GetInt64(1);
            xid = reader.GetFieldValue<ulong>(3);
        }

        return (generations, xid);
    }

    /// <summary>Whether the migrations have made the table.</summary>
    public static bool Exists(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("select to_regclass('cache_generations') is not null", connection);
        return command.ExecuteScalar() is true;
    }

    /// <summary>Which database this is, and from where a poll has to look. Runs on the listener's own connection and thread.</summary>
    public static GenerationSnapshot ReadBaseline(NpgsqlConnection connection, int timeoutSeconds)
    {
        using var command = new NpgsqlCommand(BaselineSql, connection) { CommandTimeout = timeoutSeconds };
        return Read(command);
    }

    /// <summary>Makes every name another one, on the listener's own connection and thread.</summary>
    public static void BumpEverything(NpgsqlConnection connection, string reason, int timeoutSeconds)
    {
        using var command = new NpgsqlCommand(BumpSql, connection) { CommandTimeout = timeoutSeconds };
        AddBumpParameters(command.Parameters, [CacheTags.EverythingRow], reason);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Reads every generation bumped by a transaction that an earlier snapshot did not see. A watermark of
    /// transaction ids, because generations and times commit out of order.
    /// </summary>
    public static GenerationSnapshot Poll(NpgsqlConnection connection, ulong watermark, int timeoutSeconds)
    {
        using var command = new NpgsqlCommand(PollSql, connection) { CommandTimeout = timeoutSeconds };
        command.Parameters.Add(new() { Value = watermark, NpgsqlDbType = NpgsqlDbType.Xid8 });
        return Read(command);
    }

    /// <summary>Takes a notification apart; false for anything else.</summary>
    public static bool TryParseNotification(string payload, out string row, out long generation)
    {
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && long.TryParse(payload.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out generation))
        {
            row = payload[(space + 1)..];
            return true;
        }

        (row, generation) = ("", 0);
        return false;
    }

    private static GenerationSnapshot Read(NpgsqlCommand command)
    {
        using var reader = command.ExecuteReader();
        var collector = new GenerationSnapshot.Collector();
        while (reader.Read())
        {
            collector.Add(reader);
        }

        return collector.ToSnapshot();
    }
}
