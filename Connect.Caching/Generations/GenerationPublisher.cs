using Connect.Caching.Diagnostics;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Generations;

/// <summary>Applies committed generations in this instance, so that it reads its own write at once.</summary>
internal sealed class GenerationPublisher(
    GenerationState state, GenerationStore store, CacheMetrics metrics, IOptions<CacheOptions> options)
{
    /// <summary>Bumps rows in a transaction of their own.</summary>
    /// <returns>Their new generations, by row.</returns>
    public async ValueTask<IReadOnlyDictionary<string, long>> BumpAsync(string[] rows, string reason, CancellationToken cancellationToken)
    {
        if (rows.Length == 0)
        {
            return new Dictionary<string, long>();
        }

        var generations = await store.BumpAsync(rows, reason, cancellationToken).ConfigureAwait(false);
        await CommittedAsync(generations, reason).ConfigureAwait(false);
        return generations;
    }

    /// <summary>
    /// Applies committed generations, then waits shortly for their notification. After it has arrived here, PostgreSQL has sent
    /// it to the other instances too.
    /// </summary>
    public async ValueTask CommittedAsync(IReadOnlyDictionary<string, long> generations, string reason)
    {
        if (generations.Count == 0)
        {
            return;
        }

        state.ApplyOwn(generations);
        foreach (var row in generations.Keys)
        {
            metrics.Evicted(row, reason);
        }

        // Waiting for one is enough: a transaction's notifications arrive together.
        var (first, generation) = generations.First();
        using var waiter = state.Expect(first, generation);
        await waiter.WaitAsync(options.Value.OwnNotificationWait).ConfigureAwait(false);
    }
}
