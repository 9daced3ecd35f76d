using System.Collections.Immutable;

namespace Connect.Caching.Layers;

/// <summary>The layers of an application, in the order of reports; the last one takes all other keys.</summary>
internal sealed class CacheLayerRegistry
{
    /// <param name="layers">The application's layers, names and prefixes distinct.</param>
    /// <exception cref="ArgumentException">Two layers have one name or one prefix.</exception>
    public CacheLayerRegistry(IEnumerable<CacheLayer> layers)
    {
        All = [.. layers, Other];
        if (All.DistinctBy(layer => layer.Name).Count() != All.Length || All.DistinctBy(layer => layer.KeyPrefix).Count() != All.Length)
        {
            throw new ArgumentException("Two layers have the same name or the same key prefix.", nameof(layers));
        }
    }

    /// <summary>Every layer, <see cref="Other"/> last.</summary>
    public ImmutableArray<CacheLayer> All { get; }

    /// <summary>The layer of keys that belong to no other.</summary>
    public static CacheLayer Other { get; } = new("other", "", redis: TimeSpan.FromHours(1), memory: TimeSpan.FromMinutes(5));

    /// <summary>The layer that a logical key belongs to: the first one whose prefix it begins with.</summary>
    public CacheLayer LayerOf(string key)
    {
        foreach (var layer in All)
        {
            if (key.StartsWith(layer.KeyPrefix, StringComparison.Ordinal))
            {
                return layer;
            }
        }

        return Other;
    }
}
