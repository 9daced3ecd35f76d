using System.ComponentModel;
using System.Reflection;
using Connect.Caching.Layers;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>Names that are asked for again and again.</content>
internal sealed partial class GenerationalHybridCache
{
    // A value that is kept for a short time is not looked up again for this part of it.
    private const int ShortTimes = 16;

    // Until the tenth of a second is over, the day ends, the value is overtaken, or a sixteenth of its own short time is.
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

    /// <summary>Whether callers may be given one and the same object: what HybridCache itself does not copy.</summary>
    private static class Shareable<T>
    {
        public static readonly bool Value = typeof(T) == typeof(string)
            || (typeof(T) is { IsSealed: true, IsValueType: false }
                && typeof(T).GetCustomAttribute<ImmutableObjectAttribute>() is { Immutable: true });
    }

    private static bool ReadsMemory(HybridCacheEntryOptions? options) =>
        options?.Flags is not { } flags || (flags & HybridCacheEntryFlags.DisableLocalCacheRead) == 0;
}
