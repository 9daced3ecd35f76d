using System.Net.Sockets;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>Distinguishes an unreachable database from other failures.</summary>
public static class DatabaseFailures
{
    /// <summary>Whether the exception, or an inner one, means that Postgres is unreachable, starting, stopping or silent.</summary>
    public static bool IsUnreachable(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case PostgresException postgres:
                    // 08: connection; 57P: shutting down or starting; 53300: no connection slot left.
                    return postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
                        || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal)
                        || postgres.SqlState == PostgresErrorCodes.TooManyConnections;
                case DatabaseUnavailableException:
                case NpgsqlException { IsTransient: true } or SocketException or TimeoutException:
                case NpgsqlException { InnerException: IOException or SocketException or TimeoutException }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a connection broke without an answer of the server: a pooled one may have been dead for long, so a new
    /// one is worth a try.
    /// </summary>
    public static bool IsBrokenConnection(Exception exception) =>
        exception is not DatabaseUnavailableException && IsUnreachable(exception) && !IsTimeout(exception);

    /// <summary>Whether the exception, or an inner one, means that Postgres did not answer in time.</summary>
    public static bool IsTimeout(Exception? exception) =>
        exception is not null && (exception is TimeoutException || IsTimeout(exception.InnerException));
}
