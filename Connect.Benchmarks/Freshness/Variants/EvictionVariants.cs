using System.Data.Common;
using System.Runtime.CompilerServices;
using Connect.Caching.Generations;
using Connect.Caching.Invalidation;
using Connect.Caching.Layers;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// Rule 1 removed: the tags are bumped in a transaction of their own, before the data commits. A value
/// computed between the two is old and has a new name.
/// </summary>
internal sealed class EvictBeforeCommitVariant : FreshnessVariant
{
    // The time of a transaction with more work after its save.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(30);

    public override string Name => "evict-before-commit";

    public override void Apply(IServiceCollection services) =>
        services.ConfigureDbContext<ConnectDbContext>((provider, options) => options.AddInterceptors(new BumpAtSave(provider)));

    private sealed class BumpAtSave(IServiceProvider provider) : SaveChangesInterceptor
    {
        public override async ValueTask<int> SavedChangesAsync(
            SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (StolenTags.Take(eventData.Context) is { Length: > 0 } tags)
            {
                await provider.GetRequiredService<GenerationPublisher>().BumpAsync(tags, "sabotage", cancellationToken);
                await Task.Delay(Rest, cancellationToken);
            }

            return result;
        }
    }
}

/// <summary>
/// Rule 1 removed the other way round: the tags are bumped in a transaction of their own, after the data has
/// committed. A process that dies between the two takes the eviction with it.
/// </summary>
internal sealed class EvictAfterVariant : FreshnessVariant
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(30);

    public override string Name => "evict-after";

    public override string? NeededFault => "writer-killed";

    public override void Apply(IServiceCollection services) => services.ConfigureDbContext<ConnectDbContext>(
        (provider, options) => options.AddInterceptors(new StealAtSave(), new BumpAfterCommit(provider)));

    private sealed class StealAtSave : SaveChangesInterceptor
    {
        public override ValueTask<int> SavedChangesAsync(
            SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (StolenTags.Take(eventData.Context) is { Length: > 0 } tags)
            {
                StolenTags.Of.AddOrUpdate(eventData.Context!, tags);
            }

            return ValueTask.FromResult(result);
        }
    }

    private sealed class BumpAfterCommit(IServiceProvider provider) : DbTransactionInterceptor
    {
        public override async Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (eventData.Context is { } context && StolenTags.Of.TryGetValue(context, out var tags))
            {
                StolenTags.Of.Remove(context);
                await Task.Delay(Rest, cancellationToken);
                await provider.GetRequiredService<GenerationPublisher>().BumpAsync(tags, "sabotage", cancellationToken);
            }
        }
    }
}

/// <summary>The tags that a context has recorded, taken away from the transaction that would bump them.</summary>
internal static class StolenTags
{
    public static ConditionalWeakTable<DbContext, string[]> Of { get; } = [];

    public static string[] Take(DbContext? context)
    {
        if (context?.GetService<EvictionRecord>().Tags is not SortedSet<string> recorded)
        {
            return [];
        }

        string[] tags = [.. recorded.Select(CacheTags.RowOf)];
        recorded.Clear();
        return tags;
    }
}
