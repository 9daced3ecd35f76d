using Connect.Tests.Functional.Caching;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>Holds locks that requests need, so that they wait at a known point.</summary>
internal sealed class RowLock : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private RowLock(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_source, _connection, _transaction) = (source, connection, transaction);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Takes the rows of a <c>select … for update</c> with the id as <c>$1</c>, in the running application's database.</summary>
    public static async Task<RowLock> TakeAsync(RunningApplication application, string sql, Guid id)
    {
        var database = await application.GetDatabaseAsync();
        return await TakeAsync(database!, sql, new NpgsqlParameter { Value = id });
    }

    /// <summary>Takes the locks of a statement.</summary>
    public static async Task<RowLock> TakeAsync(string database, string sql, params NpgsqlParameter[] parameters)
    {
        var source = NpgsqlDataSource.Create(database);
        var connection = await source.OpenConnectionAsync(CancellationToken);
        var transaction = await connection.BeginTransactionAsync(CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(CancellationToken);
        return new RowLock(source, connection, transaction);
    }

    /// <summary>Waits until so many sessions wait for it, or for one that does.</summary>
    public Task AwaitWaitersAsync(int count) => TestInstance.EventuallyAsync(async () =>
    {
        await using var command = _source.CreateCommand(
            """
            with recursive waiting(pid) as (
                select pid from pg_stat_activity where $1 = any(pg_blocking_pids(pid))
                union
                select other.pid from pg_stat_activity other join waiting on waiting.pid = any(pg_blocking_pids(other.pid)))
            select count(*) from waiting
            """);
        command.Parameters.Add(new() { Value = _connection.ProcessID });
        return (long)(await command.ExecuteScalarAsync(CancellationToken))! >= count;
    });

    /// <summary>Releases the locks.</summary>
    public Task ReleaseAsync() => _transaction.RollbackAsync(CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }
}
