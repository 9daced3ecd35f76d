using Connect.Benchmarks.Replay.Running;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>Postgres' own counts of statements.</summary>
/// <param name="Calls">By kind.</param>
/// <param name="ForCallers">Statements of the API's instances for answers: reads, generations and rankings.</param>
internal sealed record StatementCounts(IReadOnlyDictionary<StatementKind, long> Calls, long ForCallers)
{
    public long this[StatementKind kind] => Calls.GetValueOrDefault(kind);

    /// <summary>All reads for answers or ahead of them, generations included.</summary>
    public long Reads => this[StatementKind.CallerRead] + this[StatementKind.WarmingRead] + this[StatementKind.GenerationRead];

    public static Task ResetAsync(CheckedPostgres postgres) => postgres.ExecuteAsync("select pg_stat_statements_reset()", CancellationToken.None);

    public static async Task<StatementCounts> ReadAsync(CheckedPostgres postgres) => Of(await postgres.QueryAsync(
        """
        select r.rolname::text, s.query, s.calls from pg_stat_statements s
        join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid
        where d.datname = current_database()
        """,
        row => (row.GetString(0), row.GetString(1), row.GetInt64(2))));

    public static StatementCounts Of(IEnumerable<(string User, string Text, long Calls)> statements)
    {
        var told = statements.Select(statement => (statement.User, Kind: StatementKinds.Of(statement.User, statement.Text), statement.Calls)).ToList();
        return new(
            told.GroupBy(statement => statement.Kind).ToDictionary(kind => kind.Key, kind => kind.Sum(statement => statement.Calls)),
            told.Where(statement => statement is
            {
                User: ReplaySite.InstanceUser,
                Kind: StatementKind.CallerRead or StatementKind.GenerationRead or StatementKind.RankingWrite,
            }).Sum(statement => statement.Calls));
    }
}
