using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>What an answer counts as, and the answer while the database cannot be asked.</content>
internal sealed partial class GenerationalHybridCache
{
    private T ServeLastGood<T>(string key, CacheAmbient? ambient, Exception cause)
    {
        var layer = layers.LayerOf(key);

        // Inside a computation an old value would be stored under a new name: only the outermost read may serve it.
        if (ambient?.Computation is null && layer.FailSafe)
        {
            var current = namer.FindLastKnown(key, out var confirmedAt);
            if (lastGood.TryGet<T>(layer, key, current, confirmedAt, out var value, out var name))
            {
                metrics.Read(layer, CacheOutcome.Stale);
                ambient?.Trace?.Record(layer, new CacheRead(CacheOutcome.Stale, name));
                return value;
            }
        }

        throw cause is DatabaseUnavailableException ? cause : new DatabaseUnavailableException(cause);
    }

    private static bool IsAbsent(ComposedKey composed, long timestamp) => timestamp < composed.AbsentUntil;

    private T Finish<T>(T value, ComposedKey composed, CacheOutcome? outcome, CacheAmbient? ambient, long startedAt, bool isStored = true)
    {
        // Without an outcome there is no value: the caller forbade to compute one.
        if (isStored && outcome is not (null or CacheOutcome.Memory) && ambient is not ({ AsOf: not null } or { IsPreloading: true }))
        {
            lastGood.Put(composed, value);
        }

        Report(ambient, composed, outcome ?? CacheOutcome.Miss, startedAt);
        return value;
    }

    private void Report(CacheAmbient? ambient, ComposedKey composed, CacheOutcome outcome, long startedAt)
    {
        if (ambient is not { IsPreloading: true } && metrics.Read(composed.Layer, outcome))
        {
            metrics.Hit(composed.Layer, (double)(time.GetTimestamp() - startedAt) / time.TimestampFrequency);
        }

        ambient?.Trace?.Record(composed.Layer, new CacheRead(outcome, composed.Name));
    }

    // A caller who joined a flight reports the flight's outcome; the flight is the key's latest.
    private static CacheOutcome? OutcomeOf(ComposedKey composed) => composed.Flight is { } flight ? flight.Outcome : CacheOutcome.Memory;

    // An answer without a flight came from memory, or is none where the caller forbade to compute one.
    private static CacheOutcome? AtOnce<T>(T value, HybridCacheEntryOptions? options) =>
        Forbids(options, HybridCacheEntryFlags.DisableUnderlyingData) && EqualityComparer<T>.Default.Equals(value, default)
            ? null
            : CacheOutcome.Memory;
}
