using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Data.Audit;

/// <summary>Writes the audit trail, on connections of its own: no transaction of a call can take an entry back.</summary>
public sealed class AuditLog(IServiceScopeFactory scopes, TimeProvider time)
{
    // The caller waits for the end of the answer meanwhile.
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Says that a call is about to be carried out. When this returns, the entry is committed.</summary>
    public async Task BeginAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        entry.At = time.GetUtcNow();

        // Done again where the connection broke; the first try may have been committed.
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

    /// <summary>Says what became of it.</summary>
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
