using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Generations;

/// <summary>Carries committed numbers into this process: the node that wrote must be the first to know.</summary>
internal sealed class GenerationPublisher(
    GenerationListener feed, GenerationStore store, CacheMetrics metrics, IOptions<CacheOptions> options)
{
    /// <summary>Bumps counters in a transaction of their own.</summary>
    public async ValueTask BumpAsync(string[] counters, string reason, CancellationToken cancellationToken)
    {
        if (counters.Length > 0)
        {
            await CommittedAsync(await store.BumpAsync(counters, reason, cancellationToken).ConfigureAwait(false), reason)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Applies numbers whose transaction has committed, then waits a short while for the notification: once this
    /// process heard it, Postgres has sent it to the others as well.
    /// </summary>
    public async ValueTask CommittedAsync(IReadOnlyDictionary<string, long> numbers, string reason)
    {
        if (numbers.Count == 0)
        {
            return;
        }

        feed.Apply(numbers);
        foreach (var counter in numbers.Keys)
        {
            metrics.Evicted(counter, reason);
        }

        // One of them speaks for all: a transaction's notifications arrive together.
        var (first, generation) = numbers.First();
        using var waiter = feed.Expect(first, generation);
        await waiter.WaitAsync(options.Value.OwnNotificationWait).ConfigureAwait(false);
    }
}
