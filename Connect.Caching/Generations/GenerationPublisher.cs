using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Generations;

/// <summary>Carries committed generations into this process: the node that wrote must be the first to know.</summary>
internal sealed class GenerationPublisher(
    GenerationListener listener, GenerationStore store, CacheMetrics metrics, IOptions<CacheOptions> options)
{
    /// <summary>Bumps rows in a transaction of their own.</summary>
    public async ValueTask BumpAsync(string[] rows, string reason, CancellationToken cancellationToken)
    {
        if (rows.Length > 0)
        {
            await CommittedAsync(await store.BumpAsync(rows, reason, cancellationToken).ConfigureAwait(false), reason)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Applies generations whose transaction has committed, then waits a short while for the notification: once this
    /// process heard it, Postgres has sent it to the others as well.
    /// </summary>
    public async ValueTask CommittedAsync(IReadOnlyDictionary<string, long> generations, string reason)
    {
        if (generations.Count == 0)
        {
            return;
        }

        listener.Apply(generations);
        foreach (var row in generations.Keys)
        {
            metrics.Evicted(row, reason);
        }

        // One of them speaks for all: a transaction's notifications arrive together.
        var (first, generation) = generations.First();
        using var waiter = listener.Expect(first, generation);
        await waiter.WaitAsync(options.Value.OwnNotificationWait).ConfigureAwait(false);
    }
}
