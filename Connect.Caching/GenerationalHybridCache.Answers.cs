using Connect.Caching.Flow;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>What an answer counts as.</content>
internal sealed partial class GenerationalHybridCache
{
    private static bool IsAbsent(ComposedKey composed, long timestamp) => timestamp < composed.AbsentUntil;

    private T Finish<TState, T>(in CachedRead<TState, T> read, T value, ComposedKey composed, CacheOutcome? outcome, bool isStored = true)
    {
        // Without an outcome there is no value: the caller forbade to compute one.
        if (isStored && outcome is not (null or CacheOutcome.Memory) && read.Ambient is not ({ AsOf: not null } or { IsPreloading: true }))
        {
            KeepLastGood(composed, value, read.Options, read.StartedAt);
        }

        if (outcome is CacheOutcome.Redis or CacheOutcome.Miss)
        {
            // The value may have replaced one in memory under the same name: flags can ask for that.
            composed.Recent.Forget();
        }

        Report(read.Ambient, composed, outcome ?? CacheOutcome.Miss, read.StartedAt);
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
