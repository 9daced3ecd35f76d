using Microsoft.Extensions.DependencyInjection;

namespace Connect.Data.Audit;

/// <summary>Writes the audit trail on connections of its own, so that a rolled back request leaves its entry.</summary>
public sealed class AuditLog(IServiceScopeFactory scopes, TimeProvider time)
{
    // The client waits for its answer meanwhile.
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Commits the entry of a request that is about to be carried out.</summary>
    public async Task BeginAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        entry.At = time.GetUtcNow();

        // A retry after a broken connection: the first attempt may have been committed.
        await context.Database.CreateExecutionStrategy().ExecuteAsync(
            token => context.Database.ExecuteSqlAsync(
                $"""
                insert into audit_entries (id, at, user_id, method, route, target, trace_id)
                values ({entry.Id}, {entry.At}, {entry.UserId}, {entry.Method}, {entry.Route}, {entry.Target}, {entry.TraceId})
                on conflict (id) do nothing
                """,
                token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the answer's HTTP status to an entry.</summary>
    public async Task EndAsync(Guid id, int status)
    {
        using var timeout = new CancellationTokenSource(OutcomeTimeout, time);
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        var now = time.GetUtcNow();
        await context.AuditEntries.Where(entry => entry.Id == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(entry => entry.Status, status).SetProperty(entry => entry.CompletedAt, now), timeout.Token)
            .ConfigureAwait(false);
    }
}
