using Connect.Caching.Diagnostics;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>Reads of a layer by the tier that answered.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Memory">Answers from an instance's memory.</param>
/// <param name="Redis">Answers from Redis.</param>
/// <param name="Miss">Answers that were computed.</param>
internal sealed record LayerUse(string Name, long Memory, long Redis, long Miss)
{
    public long Reads => Memory + Redis + Miss;

    /// <summary>The share that was not computed; null without reads.</summary>
    public double? HitRate => Reads == 0 ? null : (double)(Memory + Redis) / Reads;

    /// <summary>The reads between two snapshots of one instance.</summary>
    public static LayerUse Between(LayerSnapshot after, LayerSnapshot before) =>
        new(after.Name, after.Memory - before.Memory, after.Redis - before.Redis, after.Miss - before.Miss);

    /// <summary>One layer's totals in several processes.</summary>
    public static LayerSnapshot Sum(IEnumerable<LayerSnapshot> layers) => layers.Aggregate((sum, layer) => sum with
    {
        Memory = sum.Memory + layer.Memory,
        Redis = sum.Redis + layer.Redis,
        Miss = sum.Miss + layer.Miss,
    });
}
