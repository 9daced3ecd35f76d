using Connect.Caching.Layers;

namespace Connect.Caching.Diagnostics;

/// <summary>The known kinds of evictions, so that their series are exported from the start, at zero.</summary>
/// <param name="ofApplication">The application's, as families of tags with reasons.</param>
internal sealed class CacheEvictionKinds(IEnumerable<(string Family, string Reason)> ofApplication)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<(string Family, string Reason)> Known { get; } =
    [
        .. ofApplication,
        (CacheTags.EverythingRow, CacheEvictionReasons.Requested),
        (CacheTags.EverythingRow, CacheEvictionReasons.HistoryWentBack),
    ];
}
