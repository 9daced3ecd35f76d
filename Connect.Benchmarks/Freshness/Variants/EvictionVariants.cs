using System.Data.Common;
using System.Runtime.CompilerServices;
using Connect.Caching.Generations;
using Connect.Caching.Invalidation;
using Connect.Caching.Layers;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>Rule 1 removed: the tags are bumped in a transaction of their own.</summary>
internal static class EvictionVariants
{
    // The time of a transaction with more work after its save.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(30);

    // The tags that a context has saved changes of and not bumped.
    private static readonly ConditionalWeakTable<DbContext, string[]> Saved = [];

    /// <summary>The bump commits before the data. What is computed between the two is old and has a new name.</summary>
    public static void EvictBeforeCommit(IServiceCollection services) =>
        services.ConfigureDbContext<ConnectDbContext>((provider, options) => options.AddInterceptors(new BumpAtSave(provider)));

    /// <summary>The bump commits after the data: a process that dies in between takes the eviction with it.</summary>
    public static void EvictAfter(IServiceCollection services) => services.ConfigureDbContext<ConnectDbContext>(
        (provider, options) => options.AddInterceptors(new StealAtSave(), new BumpAfterCommit(provider)));

    // Takes the recorded tags away from the transaction that would bump them.
    private static string[] TakeTags(DbContext? context)
    {
        if (context?.GetService<EvictionRecord>().Tags is not SortedSet<string> recorded)
        {
            return [];
        }

        string[] tags = [.. recorded.Select(CacheTags.RowOf)];
        recorded.Clear();
        return tags;
    }

    private sealed class BumpAtSave(IServiceProvider provider) : SaveChangesInterceptor
    {
        public override async ValueTask<int> SavedChangesAsync(
            SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (TakeTags(eventData.Context) is { Length: > 0 } tags)
            {
                await provider.GetRequiredService<GenerationPublisher>().BumpAsync(tags, "sabotage", cancellationToken);
                await Task.Delay(Rest, cancellationToken);
            }

            return result;
        }
    }

    private sealed class StealAtSave : SaveChangesInterceptor
    {
        public override ValueTask<int> SavedChangesAsync(
            SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (TakeTags(eventData.Context) is { Length: > 0 } tags)
            {
                Saved.AddOrUpdate(eventData.Context!, tags);
            }

            return ValueTask.FromResult(result);
        }
    }

    private sealed class BumpAfterCommit(IServiceProvider provider) : DbTransactionInterceptor
    {
        public override async Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (eventData.Context is { } context && Saved.TryGetValue(context, out var tags))
            {
                Saved.Remove(context);
                await Task.Delay(Rest, cancellationToken);
                await provider.GetRequiredService<GenerationPublisher>().BumpAsync(tags, "sabotage", cancellationToken);
            }
        }
    }
}
