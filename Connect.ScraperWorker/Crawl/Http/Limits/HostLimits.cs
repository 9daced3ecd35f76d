using Connect.Caching.Generations;
using Npgsql;

namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>
/// The hosts' next free moments in Postgres, shared by all instances: the generic cell rate algorithm without a burst.
/// A host's row is the theoretical arrival time of its next request, on the database's clock; one statement reads and
/// moves it.
/// </summary>
internal sealed class HostLimits(PrimaryDatabase database)
{
    // A moment in the past counts as now, so that an idle host earns no burst.
    private const string Reserve = """
        insert into host_limits as l (host, next_request_at) values ($1, clock_timestamp() + $2)
        on conflict (host) do update set next_request_at = greatest(l.next_request_at, clock_timestamp()) + $2
            where l.next_request_at <= clock_timestamp() + $3
        returning l.next_request_at - $2, l.next_request_at - $2 - clock_timestamp()
        """;

    private const string Next = "select next_request_at from host_limits where host = $1";

    private const string Pause = """
        insert into host_limits as l (host, next_request_at) values ($1, clock_timestamp() + $2)
        on conflict (host) do update set next_request_at = greatest(l.next_request_at, clock_timestamp() + $2)
        """;

    /// <summary>Reserves the host's next free moment, where it is near enough. A reserved moment is never given back.</summary>
    /// <param name="host">Host and port.</param>
    /// <param name="spacing">The time from this moment to the next one.</param>
    /// <param name="longestWait">How far away it may be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Reservation> ReserveAsync(string host, TimeSpan spacing, TimeSpan longestWait, CancellationToken cancellationToken) =>
        database.ReadAsync(async () =>
        {
            await using (var reserve = database.Pooled.CreateCommand(Reserve))
            {
                Add(reserve, host, spacing, longestWait);
                await using var reader = await reserve.ExecuteReaderAsync(cancellationToken);
                if (await reader.ReadAsync(cancellationToken))
                {
                    return new Reservation(true, reader.GetFieldValue<DateTimeOffset>(0), reader.GetTimeSpan(1));
                }
            }

            await using var next = database.Pooled.CreateCommand(Next);
            Add(next, host);
            var free = await next.ExecuteScalarAsync(cancellationToken);
            return new Reservation(false, new((DateTime)free!, TimeSpan.Zero), TimeSpan.Zero);
        });

    /// <summary>Moves the host's next moment to at least <paramref name="pause"/> from now.</summary>
    /// <returns>The number of rows, one.</returns>
    public Task<int> PauseAsync(string host, TimeSpan pause, CancellationToken cancellationToken) =>
        database.ReadAsync(async () =>
        {
            await using var command = database.Pooled.CreateCommand(Pause);
            Add(command, host, pause);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        });

    private static void Add(NpgsqlCommand command, string host, params ReadOnlySpan<TimeSpan> intervals)
    {
        command.Parameters.Add(new() { Value = host });
        foreach (var interval in intervals)
        {
            command.Parameters.Add(new() { Value = interval });
        }
    }
}

/// <summary>The answer to a reservation of a host's next moment.</summary>
/// <param name="IsGranted">Whether it is reserved; if not, it is too far away.</param>
/// <param name="At">The moment, on the database's clock.</param>
/// <param name="Wait">The time until then, not positive where it is now.</param>
internal readonly record struct Reservation(bool IsGranted, DateTimeOffset At, TimeSpan Wait);
