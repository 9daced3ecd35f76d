using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Connect.Caching.Invalidation;

/// <summary>
/// Records the declared tags of saved entities. Outside of a <see cref="Connect.Caching.CacheTransaction{TContext}"/>
/// it refuses to save changes with tags: their generations would not be bumped, and outdated values would stay.
/// </summary>
internal sealed class EvictionGuard : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Check(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(eventData.Context);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        RecordOf(eventData)?.Saved();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        new(SavedChanges(eventData, result));

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => RecordOf(eventData)?.NotSaved();

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        SaveChangesFailed(eventData);
        return Task.CompletedTask;
    }

    private static EvictionRecord? RecordOf(DbContextEventData eventData) => eventData.Context?.GetService<EvictionRecord>();

    private static void Check(DbContext? context)
    {
        if (context is null)
        {
            return;
        }

        var record = context.GetService<EvictionRecord>();
        DeclaredTags.Record(context, record);
        if (record is { IsEmpty: false, IsInTransaction: false })
        {
            throw new InvalidOperationException(
                "Tags are to be evicted, but the change is saved outside a CacheTransaction: saved here, their eviction would be lost.");
        }
    }
}
