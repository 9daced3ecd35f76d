using System.Collections.Immutable;
using Connect.Data.Model;

namespace Connect.Operations.Numbers;

/// <summary>One minute of a chart.</summary>
/// <param name="Minute">Its beginning.</param>
/// <param name="Memory">Answers from memory.</param>
/// <param name="Redis">Answers from Redis.</param>
/// <param name="Miss">Answers that were computed.</param>
/// <param name="Stale">Last good answers.</param>
public sealed record ChartMinute(DateTimeOffset Minute, long Memory, long Redis, long Miss, long Stale)
{
    public long Requests => Memory + Redis + Miss + Stale;
}

/// <summary>The last hour, minute by minute, without gaps: a minute without requests has zeros.</summary>
internal static class HourChart
{
    /// <summary>Minutes of a chart.</summary>
    public const int Length = 60;

    /// <summary>One layer's minutes, or the sum of all layers'.</summary>
    /// <param name="history">The stored minutes.</param>
    /// <param name="now">A moment of the chart's last minute.</param>
    /// <param name="layer">The layer; null for all.</param>
    public static ImmutableArray<ChartMinute> Of(IEnumerable<CacheMinute> history, DateTimeOffset now, string? layer)
    {
        var last = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), now.Offset);
        var counted = history.Where(minute => layer is null || minute.Layer == layer).ToLookup(minute => minute.Minute.UtcTicks);
        return
        [
            .. Enumerable.Range(0, Length).Select(place => last.AddMinutes(place + 1 - Length)).Select(minute =>
            {
                var found = counted[minute.UtcTicks];
                return new ChartMinute(
                    minute, found.Sum(m => m.Memory), found.Sum(m => m.Redis), found.Sum(m => m.Miss), found.Sum(m => m.Stale));
            }),
        ];
    }
}
