using Connect.Caching.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// Listens for bumps on its own connection and its own thread, which a busy thread pool cannot delay, and begins a
/// session with every connection. The <see cref="GenerationPoller"/> verifies the session.
/// </summary>
internal sealed partial class GenerationListener : IHostedService, IDisposable
{
    /// <summary>The <c>application_name</c> of the connections of listener and poller.</summary>
    public const string ApplicationName = "connect-listener";

    private static readonly TimeSpan WaitSlice = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SelfTestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(200);

    private readonly GenerationState _state;
    private readonly GenerationPoller _poller;
    private readonly PrimaryDatabase _database;
    private readonly CacheOptions _options;
    private readonly TimeProvider _time;
    private readonly CacheMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _thread;

    public GenerationListener(
        GenerationState state, GenerationPoller poller, PrimaryDatabase database, IOptions<CacheOptions> options, TimeProvider time,
        CacheMetrics metrics, ILogger<GenerationListener> logger)
    {
        _state = state;
        _poller = poller;
        _database = database;
        _options = options.Value;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "connect-generation-listener" };
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Set();
        return Task.CompletedTask;
    }

    public void Dispose() => _stopping.Set();

    private void Run()
    {
        while (!_stopping.IsSet)
        {
            try
            {
                using var connection = _database.CreateUnpooled(ApplicationName);
                Follow(connection);
            }
            catch (Exception exception)
            {
                // The boundary of the thread: after any failure it connects again.
                Log.ConnectionLost(_logger, exception.GetType().Name, exception.Message);
            }

            if (_state.Current is { } session)
            {
                _state.End(session, "the listener's connection ended");
            }

            _stopping.Wait(ReconnectDelay);
        }
    }

    private void Follow(NpgsqlConnection connection)
    {
        GenerationSession? session = null;
        var token = Guid.NewGuid().ToString("N");
        var heardItself = false;
        connection.Notification += (_, e) =>
        {
            if (e.Payload == token)
            {
                heardItself = true;
            }
            else if (session is not null)
            {
                Hear(session, e.Payload);
            }
        };

        connection.Open();
        AwaitTables(connection);
        Execute(connection, $"listen {GenerationStore.Channel}");

        // A notification to itself: through a pooler that shares sessions, LISTEN succeeds but nothing arrives.
        Execute(connection, $"select pg_notify('{GenerationStore.Channel}', '{token}')");
        var testedAt = _time.GetTimestamp();
        while (!heardItself && _time.GetElapsedTime(testedAt) < SelfTestTimeout && !_stopping.IsSet)
        {
            connection.Wait(WaitSlice);
        }

        if (!heardItself)
        {
            throw new InvalidOperationException("the listener does not hear its own notification; it needs a direct connection to Postgres.");
        }

        // Generations of this session are read after LISTEN, so later commits are heard.
        var baseline = ReadBaseline(connection);
        session = new GenerationSession(baseline.Identity, baseline.Watermark, _options.MaxKnownTags) { BegunAt = _time.GetTimestamp() };
        _state.Begin(session, baseline.Position);
        _poller.Wake();
        Log.SessionBegan(_logger);
        while (!_stopping.IsSet && !session.HasEnded)
        {
            connection.Wait(WaitSlice);
        }
    }

    private GenerationSnapshot ReadBaseline(NpgsqlConnection connection)
    {
        var baseline = GenerationStore.ReadBaseline(connection, _options.GenerationsTimeoutSeconds);
        if (_state.Last is not { } last)
        {
            return baseline;
        }

        // Idle connections may have broken with the listener's, or lead to the former server.
        _database.Clear();
        if (last.Identity != baseline.Identity)
        {
            Log.IdentityChanged(_logger);
        }
        else if (_state.IsBehind(baseline.Position))
        {
            // An older copy of the same database: its generations may be reached again, under which values of changes
            // that it no longer has are cached.
            Log.HistoryWentBack(_logger);
            GenerationStore.BumpEverything(connection, CacheEvictionReasons.HistoryWentBack, _options.GenerationsTimeoutSeconds);
            _metrics.Evicted(CacheTags.EverythingRow, CacheEvictionReasons.HistoryWentBack);
            return GenerationStore.ReadBaseline(connection, _options.GenerationsTimeoutSeconds);
        }

        return baseline;
    }

    // On a new system the services start together with the one that creates the tables.
    private void AwaitTables(NpgsqlConnection connection)
    {
        while (!_stopping.IsSet && !GenerationStore.Exists(connection))
        {
            _stopping.Wait(ReconnectDelay);
        }
    }

    private void Hear(GenerationSession session, string payload)
    {
        if (GenerationStore.TryParseNotification(payload, out var row, out var generation))
        {
            _state.ApplyHeard(session, row, generation);
            _metrics.Heard(_time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddMicroseconds(generation));
        }
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Following the generations: a new session began")]
        public static partial void SessionBegan(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "The listener lost its connection ({Type}): {Message}")]
        public static partial void ConnectionLost(ILogger logger, string type, string message);

        [LoggerMessage(4, LogLevel.Critical, "The database is another one than before, or has another history")]
        public static partial void IdentityChanged(ILogger logger);

        [LoggerMessage(5, LogLevel.Critical, "The database went back to an older state of itself: everything cached is evicted")]
        public static partial void HistoryWentBack(ILogger logger);
    }
}
