using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>Repeated reads of the same name.</content>
internal sealed partial class GenerationalHybridCache
{
    // A recent answer is used for at most this part of its value's own lifetime.
    private const int ShortTimes = 16;

    // The recent answer ends with MaxAge, the qualifier, ValidUntil, or a sixteenth of the value's lifetime, whichever
    // is first.
    private void Remember<T>(ComposedKey composed, T value, HybridCacheEntryOptions? options, DateTimeOffset now, long timestamp)
    {
        if (value is null || typeof(T).IsValueType || !SharedTypes.Includes<T>() || !ReadsMemory(options))
        {
            return;
        }

        var left = composed.QualifierValidUntil - now;
        left = value is IExpiringValue { ValidUntil: { } validUntil } && validUntil - now < left ? validUntil - now : left;
        left = (options?.LocalCacheExpiration ?? options?.Expiration) is { } own && own / ShortTimes < left ? own / ShortTimes : left;
        left = left < RecentAnswer.MaxAge ? left : RecentAnswer.MaxAge;
        composed.Recent.Set(value, timestamp + (long)(left.TotalSeconds * time.TimestampFrequency));
    }

    private static bool ReadsMemory(HybridCacheEntryOptions? options) => !Forbids(options, HybridCacheEntryFlags.DisableLocalCacheRead);
}
