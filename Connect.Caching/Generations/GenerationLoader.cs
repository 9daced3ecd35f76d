using Microsoft.Extensions.Options;

namespace Connect.Caching.Generations;

/// <summary>
/// Reads generations from the primary database for all readers that wait: one query at a time, with the rows of everyone who
/// came while the one before was under way. So a burst of new tags is a few queries, and no reader waits for a connection.
/// </summary>
internal sealed class GenerationLoader(GenerationStore store, GenerationState state, IOptions<CacheOptions> options, TimeProvider time)
{
    // A query of so many rows takes a small part of the shortest time-out.
    private const int MaxRows = 10_000;

    // After a query timed out, others fail fast for this long: the layers of one request, and other requests, would each wait
    // for the same time-out. An answer to a query or poll that was sent later ends it early.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    // A refused connection fails at once, but a try for every read would cost processor time that answers need.
    private static readonly TimeSpan Refusal = TimeSpan.FromMilliseconds(200);

    // Npgsql's own time-out starts anew with each step of a query; and looking up a host's address has none.
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.GenerationsTimeoutSeconds);
    private readonly Lock _gate = new();
    private readonly Queue<Batch> _waiting = [];
    private Batch? _open;
    private bool _isRunning;
    private Absence? _absence;

    /// <summary>The reason why a query would fail now, if a recent one did; null otherwise.</summary>
    public Exception? FindAbsence() =>
        Volatile.Read(ref _absence) is { } absence
            && time.GetElapsedTime(absence.FailedAt) < absence.Lasts
            && !WasAnsweredSince(absence.SentAt)
            ? absence.Cause
            : null;

    /// <summary>Reads the generations of rows by a query that is sent after this call.</summary>
    /// <param name="rows">The rows; the answer may have others too.</param>
    /// <exception cref="DatabaseUnavailableException">The query failed; or a recent one did, so that none was tried.</exception>
    public Task<GenerationSnapshot> LoadAsync(IReadOnlyList<string> rows)
    {
        lock (_gate)
        {
            if (_open is null || _open.Rows.Count >= MaxRows)
            {
                _waiting.Enqueue(_open = new Batch());
            }

            _open.Rows.UnionWith(rows);
            if (!_isRunning)
            {
                _isRunning = true;

                // Without the caller's ExecutionContext: the query serves other readers too, so it must not count as part of this one's
                // transaction, trace or computation.
                ThreadPool.UnsafeQueueUserWorkItem(static loader => _ = loader.RunAsync(), this, preferLocal: false);
            }

            return _open.Answer.Task;
        }
    }

    private async Task RunAsync()
    {
        while (TryTake() is { } batch)
        {
            try
            {
                batch.Answer.SetResult(await AskAsync([.. batch.Rows]).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                // The boundary of the queries: every failure belongs to the readers that wait for this one.
                batch.Answer.SetException(exception);
                Observe(batch.Answer.Task);
            }
        }
    }

    private Batch? TryTake()
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out var batch))
            {
                _isRunning = false;
                return null;
            }

            if (ReferenceEquals(_open, batch))
            {
                _open = null;
            }

            return batch;
        }
    }

    private async Task<GenerationSnapshot> AskAsync(string[] rows)
    {
        if (FindAbsence() is { } known)
        {
            throw new DatabaseUnavailableException(known);
        }

        for (var isRepeated = false; ; isRepeated = true)
        {
            var sentAt = time.GetTimestamp();
            try
            {
                var snapshot = await QueryAsync(rows).ConfigureAwait(false);
                Volatile.Write(ref _absence, null);
                return snapshot;
            }
            catch (Exception exception) when (exception is TimeoutException || PrimaryDatabase.IsUnreachable(exception))
            {
                // The poller was answered on its own connection after this query was sent, so that of the query is to blame. Or the
                // time-out came far too late, so this process was paused and Postgres' answer may be waiting.
                if (!isRepeated && (WasAnsweredSince(sentAt) || time.GetElapsedTime(sentAt) >= _patience * 1.5))
                {
                    store.ForgetConnections();
                    continue;
                }

                var lasts = PrimaryDatabase.IsTimeout(exception) ? Silence : Refusal;
                Volatile.Write(ref _absence, new Absence(exception, sentAt, time.GetTimestamp(), lasts));
                throw exception as DatabaseUnavailableException ?? new DatabaseUnavailableException(exception);
            }
        }
    }

    // On a thread of its own, so that only Postgres' time counts, and not how long the thread pool of a busy instance takes to
    // notice the answer.
    private async Task<GenerationSnapshot> QueryAsync(string[] rows)
    {
        var query = Task.Factory.StartNew(
            () => store.Load(rows), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await query.WaitAsync(_patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (query.IsCompleted)
        {
            return await query.ConfigureAwait(false);
        }
        finally
        {
            Observe(query);
        }
    }

    // A query that was given up at its time-out may still fail later. Reading its exception keeps .NET from raising it as unobserved.
    private static void Observe(Task task) => _ = task.ContinueWith(
        static ended => _ = ended.Exception, CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private bool WasAnsweredSince(long sentAt) => state.Current is { } session && Math.Max(session.ConfirmedAt, session.BegunAt) > sentAt;

    private sealed class Batch
    {
        public HashSet<string> Rows { get; } = new(StringComparer.Ordinal);

        public TaskCompletionSource<GenerationSnapshot> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A query that failed.</summary>
    /// <param name="Cause">Its exception.</param>
    /// <param name="SentAt">Monotonic time at which it was sent.</param>
    /// <param name="FailedAt">Monotonic time at which it failed.</param>
    /// <param name="Lasts">How long no other one is tried.</param>
    private sealed record Absence(Exception Cause, long SentAt, long FailedAt, TimeSpan Lasts);
}
