using Connect.Caching.Diagnostics;
using Connect.Data.Model;

namespace Connect.Operations.Numbers;

/// <summary>One layer over the last hour; also the sum of all.</summary>
/// <param name="Name">The layer; null for the sum.</param>
/// <param name="Memory">Answers from memory.</param>
/// <param name="Redis">Answers from Redis.</param>
/// <param name="Miss">Answers that were computed.</param>
/// <param name="Stale">Last good answers.</param>
/// <param name="ComputeSeconds">Mean duration of a computation; null without one.</param>
/// <param name="HitSeconds">Mean duration of a hit in memory; null if none was measured.</param>
/// <param name="QueriesSaved">Queries that hits saved; null if a computation's queries are not known.</param>
public sealed record LayerHour(
    string? Name, long Memory, long Redis, long Miss, long Stale, double? ComputeSeconds, double? HitSeconds, double? QueriesSaved)
{
    public long Requests => Memory + Redis + Miss + Stale;

    /// <summary>Share of requests that memory or Redis answered; null without requests.</summary>
    public double? HitRatio => ShareOf(Memory + Redis);

    /// <summary>Share of requests.</summary>
    public double? ShareOf(long part) => Requests == 0 ? null : (double)part / Requests;

    /// <summary>A computation's duration divided by that of a hit in memory.</summary>
    public double? Speedup => HitSeconds > 0 ? ComputeSeconds / HitSeconds : null;

    /// <summary>One layer's.</summary>
    /// <param name="name">The layer.</param>
    /// <param name="minutes">Its minutes.</param>
    /// <param name="total">Its totals since the instances started, for the cost of a computation if the hour had none.</param>
    public static LayerHour Of(string name, IReadOnlyCollection<CacheMinute> minutes, LayerSnapshot? total)
    {
        var (memory, redis) = (minutes.Sum(m => m.Memory), minutes.Sum(m => m.Redis));
        var computations = minutes.Sum(m => m.Computations);
        var perComputation = Ratio(minutes.Sum(m => m.Queries), computations) ?? Ratio(total?.Queries ?? 0, total?.Computations ?? 0);
        return new LayerHour(
            name, memory, redis, minutes.Sum(m => m.Miss), minutes.Sum(m => m.Stale),
            Ratio(minutes.Sum(m => m.ComputationSeconds), computations) ?? Ratio(total?.ComputationSeconds ?? 0, total?.Computations ?? 0),
            Ratio(minutes.Sum(m => m.TimedHitSeconds), minutes.Sum(m => m.TimedHits)) ?? Ratio(total?.TimedHitSeconds ?? 0, total?.TimedHits ?? 0),
            memory + redis == 0 ? 0 : (memory + redis) * perComputation);
    }

    /// <summary>The sum; means are weighted by the layers' reads.</summary>
    public static LayerHour SumOf(IReadOnlyCollection<LayerHour> layers, IReadOnlyCollection<CacheMinute> minutes)
    {
        var saved = layers.Where(layer => layer.QueriesSaved is not null).Sum(layer => layer.QueriesSaved);
        return new LayerHour(
            null, layers.Sum(l => l.Memory), layers.Sum(l => l.Redis), layers.Sum(l => l.Miss), layers.Sum(l => l.Stale),
            Ratio(minutes.Sum(m => m.ComputationSeconds), minutes.Sum(m => m.Computations)),
            Ratio(minutes.Sum(m => m.TimedHitSeconds), minutes.Sum(m => m.TimedHits)),
            layers.Count > 0 && layers.All(layer => layer.QueriesSaved is null) ? null : saved);
    }

    private static double? Ratio(double part, long whole) => whole == 0 ? null : part / whole;
}
