using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// Keeps this process's generations true: listens for bumps on a connection and a thread of its own, so that a busy
/// thread pool cannot delay them, and opens a new <see cref="GenerationSession"/> with every connection. The
/// <see cref="GenerationPoller"/> beside it is what makes the generations verified.
/// </summary>
internal sealed partial class GenerationListener : IHostedService, IDisposable
{
    /// <summary>What the server calls the connections of listener and poll.</summary>
    public const string ApplicationName = "connect-listener";

    private static readonly TimeSpan WaitSlice = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SelfTestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(200);

    private readonly PrimaryDatabase _database;
    private readonly CacheOptions _options;
    private readonly TimeProvider _time;
    private readonly long _leaseInTimestamps;
    private readonly CacheMetrics _metrics;
    private readonly ILogger _logger;
    private readonly GenerationPoller _poller;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly HeardGenerations _heard;
    private readonly Thread _thread;
    private volatile GenerationSession? _current;
    private volatile GenerationSession? _last;
    private long _position;
    private readonly TaskCompletionSource _firstSync = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GenerationListener(
        PrimaryDatabase database, IOptions<CacheOptions> options, TimeProvider time, CacheMetrics metrics, ILoggerFactory loggers)
    {
        _database = database;
        _options = options.Value;
        _time = time;
        _leaseInTimestamps = (long)(_options.LeaseDuration.TotalSeconds * time.TimestampFrequency);
        _metrics = metrics;
        _logger = loggers.CreateLogger<GenerationListener>();
        _poller = new GenerationPoller(this, database, _options, time, metrics, loggers.CreateLogger<GenerationPoller>());
        _heard = new HeardGenerations(time);
        _thread = new Thread(Run) { IsBackground = true, Name = "connect-generation-listener" };
        metrics.ObserveVerified(() => TryGetVerified(out _));
    }

    /// <summary>
    /// Tells of every generation that this process learns, on the thread that learned it: handlers are quick and do
    /// not throw. What was learned in one session can be told again in the next.
    /// </summary>
    public event Action<string, long, GenerationSource>? Learned;

    /// <summary>The session of the listener's present connection; null while there is none.</summary>
    public GenerationSession? Current => _current;

    /// <summary>The present or the latest session: what this process knew last.</summary>
    public GenerationSession? Last => _last;

    /// <summary>Completes when the generations were verified for the first time since the process started.</summary>
    public Task FirstSync => _firstSync.Task;

    /// <inheritdoc cref="TryGetVerified(DateTimeOffset, out GenerationSession)"/>
    public bool TryGetVerified(out GenerationSession session) => TryGetVerified(_time.GetUtcNow(), out session);

    /// <summary>
    /// Whether the generations held are at most the lease old. Computed on every call: a flag would let a
    /// process that was stopped and continued serve old answers as verified. Both clocks must agree to it: the
    /// monotonic one stands still while the machine sleeps, the other one can be set.
    /// </summary>
    /// <param name="now">The present moment by the wall clock.</param>
    /// <param name="session">The session, if it is verified.</param>
    public bool TryGetVerified(DateTimeOffset now, out GenerationSession session)
    {
        var current = _current;
        session = current!;
        return current is { HasEnded: false, ConfirmedAt: not 0 }
            && (ulong)(now.UtcTicks - current.ConfirmedUtcTicks + _options.LeaseDuration.Ticks) <= (ulong)(2 * _options.LeaseDuration.Ticks)
            && _time.GetElapsedTime(current.ConfirmedAt) <= _options.LeaseDuration;
    }

    /// <summary>Whether the generations held are at most the lease old by the monotonic clock alone.</summary>
    public bool TryGetVerified(long timestamp, out GenerationSession session)
    {
        var current = _current;
        session = current!;
        return current is { HasEnded: false, ConfirmedAt: not 0 and var confirmedAt } && timestamp - confirmedAt <= _leaseInTimestamps;
    }

    /// <summary>Applies generations that this process committed itself.</summary>
    public void Apply(IReadOnlyDictionary<string, long> generations)
    {
        var session = _current;
        foreach (var (row, generation) in generations)
        {
            session?.Apply(row, generation, _time.GetTimestamp());
            Tell(row, generation, GenerationSource.Own);
        }
    }

    /// <inheritdoc cref="HeardGenerations.Expect"/>
    public HeardGenerations.Waiter Expect(string row, long generation) => _heard.Expect(row, generation);

    /// <summary>Ends a session: the generations in it can no longer be trusted, and the listener connects anew.</summary>
    public void EndSession(GenerationSession session, string reason)
    {
        session.End();
        if (ReferenceEquals(Interlocked.CompareExchange(ref _current, null, session), session))
        {
            Log.SessionEnded(_logger, reason);
        }
    }

    /// <summary>Tells those who follow what this process learns.</summary>
    public void Tell(string row, long generation, GenerationSource source) => Learned?.Invoke(row, generation, source);

    /// <summary>Polls at once, where something made the generations doubtful.</summary>
    public void PollNow() => _poller.Wake();

    public void MarkVerified() => _firstSync.TrySetResult();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread.Start();
        _poller.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Set();
        _poller.Stop();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _stopping.Set();
        _poller.Dispose();
    }

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
                // The boundary of the thread: whatever broke the connection, the answer is a new one.
                Log.ListenerLost(_logger, exception.GetType().Name, exception.Message);
            }

            if (_current is { } session)
            {
                EndSession(session, "the listener's connection ended");
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
        AwaitMigrations(connection);
        Execute(connection, $"listen {GenerationStore.Channel}");

        // Through a transaction-pooling proxy LISTEN succeeds and nothing ever arrives.
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

        // Every load of this session comes after LISTEN, so what commits later is heard.
        var baseline = ReadBaseline(connection);
        session = new GenerationSession(baseline.Identity, baseline.Watermark, _options.MaxKnownTags) { BegunAt = _time.GetTimestamp() };

        // In this order: who finds that the last known generations are these, which are none yet, finds also that they can be asked for.
        _current = session;
        _last = session;
        PollNow();
        Log.SessionBegan(_logger);

        while (!_stopping.IsSet && !session.HasEnded)
        {
            connection.Wait(WaitSlice);
        }
    }

    private GenerationSnapshot ReadBaseline(NpgsqlConnection connection)
    {
        var baseline = GenerationStore.ReadBaseline(connection, _options.GenerationsTimeoutSeconds);
        if (_last is { } last)
        {
            // Idle connections broke together with the listener's, or lead to where it came from.
            _database.Clear();
            if (last.Identity != baseline.Identity)
            {
                Log.IdentityChanged(_logger);
            }
            else if (baseline.Position < Interlocked.Read(ref _position))
            {
                // An older copy of the same database: its generations may name what was computed from a future that is
                // no longer its own.
                Log.HistoryWentBack(_logger);
                GenerationStore.BumpEverything(connection, CacheEvictionReasons.HistoryWentBack, _options.GenerationsTimeoutSeconds);
                _metrics.Evicted(CacheTags.EverythingRow, CacheEvictionReasons.HistoryWentBack);
                baseline = GenerationStore.ReadBaseline(connection, _options.GenerationsTimeoutSeconds);
            }
        }

        Interlocked.Exchange(ref _position, baseline.Position);
        return baseline;
    }

    /// <summary>Takes note of how far the database's log is written; false when it went back.</summary>
    public bool Advance(long position)
    {
        if (position < Interlocked.Read(ref _position))
        {
            return false;
        }

        Interlocked.Exchange(ref _position, position);
        return true;
    }

    // On a new machine the services start beside the one that creates the tables.
    private void AwaitMigrations(NpgsqlConnection connection)
    {
        while (!_stopping.IsSet && !GenerationStore.Exists(connection))
        {
            _stopping.Wait(ReconnectDelay);
        }
    }

    private void Hear(GenerationSession session, string payload)
    {
        if (!GenerationStore.TryParseNotification(payload, out var row, out var generation))
        {
            return;
        }

        session.Apply(row, generation, _time.GetTimestamp());
        Tell(row, generation, GenerationSource.Heard);
        _metrics.Heard(_time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddMicroseconds(generation));
        _heard.Add(row, generation);
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

        [LoggerMessage(2, LogLevel.Warning, "The session ended: {Reason}")]
        public static partial void SessionEnded(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Warning, "The listener lost its connection ({Type}): {Message}")]
        public static partial void ListenerLost(ILogger logger, string type, string message);

        [LoggerMessage(4, LogLevel.Critical, "The database is another one than before, or has another history")]
        public static partial void IdentityChanged(ILogger logger);

        [LoggerMessage(5, LogLevel.Critical, "The database went back to an older state of itself: everything cached is evicted")]
        public static partial void HistoryWentBack(ILogger logger);
    }
}
