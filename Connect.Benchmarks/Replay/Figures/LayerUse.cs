using Connect.Caching.Diagnostics;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>How often a layer was asked, and how often it had the answer.</summary>
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
