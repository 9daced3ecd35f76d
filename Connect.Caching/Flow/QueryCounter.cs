using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Connect.Caching.Flow;

/// <summary>Counts Entity Framework's commands for the traced request and the running computation.</summary>
internal sealed class QueryCounter : DbCommandInterceptor
{
    /// <summary>The one instance: it has no state.</summary>
    public static QueryCounter Instance { get; } = new();

    /// <inheritdoc />
    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Count(eventData);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Count(eventData);
        return new(result);
    }

    /// <inheritdoc />
    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Count(eventData);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Count(eventData);
        return new(result);
    }

    /// <inheritdoc />
    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Count(eventData);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Count(eventData);
        return new(result);
    }

    private static void Count(CommandExecutedEventData eventData)
    {
        if (CacheAmbient.Current is { } ambient)
        {
            ambient.Trace?.AddQuery(eventData.Duration);
            ambient.Computation?.AddQuery();
        }
    }
}
