using System.Data;
using System.Runtime.ExceptionServices;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Invalidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Connect.Caching;

/// <summary>
/// Runs every write that makes cached values outdated: the data and the generations of its tags commit together or not
/// at all, so that an eviction can neither be lost nor come without its change.
/// </summary>
public sealed partial class CacheTransaction<TContext>
    where TContext : DbContext
{
    private const int UnknownOutcomeProbes = 40;

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);

    private readonly IServiceScopeFactory _scopes;
    private readonly GenerationPublisher _writer;
    private readonly PrimaryDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal CacheTransaction(
        IServiceScopeFactory scopes, GenerationPublisher writer, PrimaryDatabase database, TimeProvider time, ILogger<CacheTransaction<TContext>> logger)
    {
        _scopes = scopes;
        _writer = writer;
        _database = database;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Runs <paramref name="work"/> on a fresh context inside a READ COMMITTED transaction, saves, bumps the tags that
    /// were recorded with <see cref="DbContextEvictions.EvictTags(DbContext, string, ReadOnlySpan{string})"/> as the
    /// last statement, and commits.
    /// </summary>
    /// <remarks>
    /// <paramref name="work"/> runs again where the database asks for it, each time on a new context: it must not
    /// carry entities from one run to the next. When this returns, the change is committed and this process has
    /// applied the new generations.
    /// </remarks>
    /// <param name="work">Reads and changes data, and records tags; need not save.</param>
    /// <param name="cancellationToken">Cancels until COMMIT is sent.</param>
    /// <exception cref="DbUpdateException">The change was refused; nothing was evicted.</exception>
    public async Task<TResult> ExecuteAsync<TResult>(
        Func<TContext, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        if (SynchronizationContext.Current is not null)
        {
            // Entity Framework's strategy would continue on it, in vain where the caller blocks it while it waits.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        // This context only lends its strategy; each run has one of its own.
        await using var scope = _scopes.CreateAsyncScope();
        var strategy = scope.ServiceProvider.GetRequiredService<TContext>().Database.CreateExecutionStrategy();
        var attempt = new Attempt<TResult>();
        await strategy.ExecuteAsync(
            attempt,
            async (_, state, token) =>
            {
                await RunAsync(state, work, token).ConfigureAwait(false);
                return true;
            },
            async (_, state, token) => new ExecutionResult<bool>(await WasCommittedAsync(state.Xid, token).ConfigureAwait(false), true),
            cancellationToken).ConfigureAwait(false);

        // After the commit: generations of a transaction that may still roll back must not be used.
        await _writer.CommittedAsync(attempt.Generations, attempt.Reason).ConfigureAwait(false);
        return attempt.Result!;
    }

    /// <inheritdoc cref="ExecuteAsync{TResult}"/>
    public Task ExecuteAsync(Func<TContext, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        ExecuteAsync(
            async (context, token) =>
            {
                await work(context, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// The same on a context of the caller's, for code that saves by itself, such as ASP.NET Core Identity's stores: everything that
    /// <paramref name="work"/> saves by <paramref name="context"/> commits together. It runs once, because the context's entities could
    /// not be carried to another run: an interruption that <see cref="ExecuteAsync{TResult}"/> would repeat is thrown.
    /// </summary>
    /// <param name="context">The context; it has no transaction and nothing to evict yet.</param>
    /// <param name="work">Changes and saves by the context, and records tags.</param>
    /// <param name="cancellationToken">Cancels until COMMIT is sent.</param>
    /// <exception cref="DbUpdateException">A change was refused; nothing was changed or evicted.</exception>
    public async Task<TResult> ExecuteOnceAsync<TResult>(
        TContext context, Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(work);
        var attempt = new Attempt<TResult>();

        // A strategy refuses transactions that it could not repeat, and repeats what fails: so this does not fail.
        var failure = await context.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                try
                {
                    await RunAsync(attempt, context, (_, cancelled) => work(cancelled), token).ConfigureAwait(false);
                    return null;
                }
                catch (Exception exception)
                {
                    return ExceptionDispatchInfo.Capture(exception);
                }
            },
            cancellationToken).ConfigureAwait(false);
        context.GetService<EvictionRecord>().ResetState();
        failure?.Throw();
        await _writer.CommittedAsync(attempt.Generations, attempt.Reason).ConfigureAwait(false);
        return attempt.Result!;
    }

    private async Task RunAsync<TResult>(
        Attempt<TResult> attempt, Func<TContext, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        attempt.Xid = null;
        attempt.Generations = [];
        await using var scope = _scopes.CreateAsyncScope();
        await RunAsync(attempt, scope.ServiceProvider.GetRequiredService<TContext>(), work, cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunAsync<TResult>(
        Attempt<TResult> attempt, TContext context, Func<TContext, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var record = context.GetService<EvictionRecord>();
        record.IsInTransaction = true;
        CacheAmbient.Current = new CacheAmbient(CacheAmbient.Current?.Trace, Computation: null, IsInTransaction: true);

        await using var transaction = await context.Database
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        attempt.Result = await work(context, cancellationToken).ConfigureAwait(false);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await BumpAsync(attempt, context, record, cancellationToken).ConfigureAwait(false);

        // Not cancelled: a cancelled COMMIT has an unknown outcome.
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task BumpAsync<TResult>(
        Attempt<TResult> attempt, TContext context, EvictionRecord record, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using var command = connection.CreateCommand();
        if (record.Tags.Count == 0)
        {
            command.CommandText = "select pg_current_xact_id_if_assigned()";
            attempt.Xid = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as ulong?;
            return;
        }

        command.CommandText = GenerationStore.BumpSql;
        attempt.Reason = record.Reason;
        GenerationStore.AddBumpParameters(
            command.Parameters, record.Tags.Select(CacheTags.RowOf), attempt.Reason, record.CauseId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        (attempt.Generations, attempt.Xid) = await GenerationStore.ReadBumpsAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks Postgres for the outcome of a transaction whose COMMIT was not answered.</summary>
    private async Task<bool> WasCommittedAsync(ulong? xid, CancellationToken cancellationToken)
    {
        if (xid is null)
        {
            return false;
        }

        for (var probe = 0; probe < UnknownOutcomeProbes; probe++)
        {
            await using var command = _database.Pooled.CreateCommand("select pg_xact_status($1)");
            command.Parameters.Add(new() { Value = xid.Value, NpgsqlDbType = NpgsqlDbType.Xid8 });
            var status = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
            if (status != "in progress")
            {
                Log.OutcomeSettled(_logger, status ?? "unknown");
                return status == "committed";
            }

            await Task.Delay(ProbeInterval, _time, cancellationToken).ConfigureAwait(false);
        }

        throw new InvalidOperationException("A transaction whose COMMIT was not answered is still in progress.");
    }

    private sealed class Attempt<TResult>
    {
        public TResult? Result { get; set; }

        public Dictionary<string, long> Generations { get; set; } = [];

        public string Reason { get; set; } = "";

        public ulong? Xid { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The outcome of an unanswered COMMIT is settled: {Status}")]
        public static partial void OutcomeSettled(ILogger logger, string status);
    }
}
