using System.ComponentModel;
using System.Reflection;
using Connect.Caching.Naming;
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
        if (value is null || !Shareable<T>.Value || !ReadsMemory(options))
        {
            return;
        }

        var left = composed.QualifierValidUntil - now;
        left = value is IExpiringValue { ValidUntil: { } validUntil } && validUntil - now < left ? validUntil - now : left;
        left = (options?.LocalCacheExpiration ?? options?.Expiration) is { } own && own / ShortTimes < left ? own / ShortTimes : left;
        left = left < RecentAnswer.MaxAge ? left : RecentAnswer.MaxAge;
        composed.Recent.Set(value, timestamp + (long)(left.TotalSeconds * time.TimestampFrequency));
    }

    /// <summary>Whether callers may share one object: the types that HybridCache does not copy either.</summary>
    private static class Shareable<T>
    {
        public static readonly bool Value = typeof(T) == typeof(string)
            || (typeof(T) is { IsSealed: true, IsValueType: false }
                && typeof(T).GetCustomAttribute<ImmutableObjectAttribute>() is { Immutable: true });
    }

    private static bool ReadsMemory(HybridCacheEntryOptions? options) => !Forbids(options, HybridCacheEntryFlags.DisableLocalCacheRead);
}
