using System.Collections.Concurrent;
using Connect.Caching.Generations;
using Npgsql;

namespace Connect.Api.Identity.ApiKeys;

/// <summary>
/// Notes in memory when keys were used, because an authorized hit must not cost a write, and stores the notes every few seconds. The last
/// ones are lost with a process that is killed.
/// </summary>
internal sealed partial class KeyUses(PrimaryDatabase database, TimeProvider time, ILogger<KeyUses> logger) : BackgroundService
{
    // In the order of ids, so that two instances that store the same keys do not deadlock.
    private const string StoreSql = """
        update api_keys k set last_used_at = t.at
        from (
            select k.id, t.at from unnest($1, $2) as t(id, at) join api_keys k on k.id = t.id
            where k.last_used_at is null or k.last_used_at < t.at
            order by k.id for no key update of k) t
        where k.id = t.id
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>Notes a use.</summary>
    public void Note(Guid keyId) => _noted[keyId] = time.GetUtcNow();

    /// <summary>Stores the notes; keeps them where that fails.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        var noted = _noted.ToArray();
        if (noted.Length == 0)
        {
            return;
        }

        await using var command = database.Pooled.CreateCommand(StoreSql);
        command.Parameters.Add(new() { Value = noted.Select(note => note.Key).ToArray() });
        command.Parameters.Add(new() { Value = noted.Select(note => note.Value).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        foreach (var note in noted)
        {
            // One that was noted again stays.
            _noted.TryRemove(note);
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryStoreAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryStoreAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            Log.NotStored(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "When keys were used could not be stored; the next try stores it")]
        public static partial void NotStored(ILogger logger, Exception exception);
    }
}
