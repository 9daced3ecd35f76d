using Connect.Caching.Generations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Connect.Data.Model;

/// <summary>
/// Runs a statement once more, on a new connection, where the pooled one was broken or had prepared it before a migration changed its columns,
/// or where the process was paused until the statement's time was out.
/// </summary>
internal sealed class ReadAgainStrategy(ExecutionStrategyDependencies dependencies, PrimaryDatabase database) : IExecutionStrategy
{
    /// <summary>False: rows are not buffered, so a connection that breaks between two rows fails the read.</summary>
    public bool RetriesOnFailure => false;

    public TResult Execute<TState, TResult>(
        TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded) =>
        operation(dependencies.CurrentContext.Context, state);

    public Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded, CancellationToken cancellationToken = default) =>
        database.ReadAsync(() => operation(dependencies.CurrentContext.Context, state, cancellationToken));
}
