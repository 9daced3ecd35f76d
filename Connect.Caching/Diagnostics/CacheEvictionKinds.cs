namespace Connect.Caching.Diagnostics;

/// <summary>The known kinds of evictions, so that their series are exported from the start, at zero.</summary>
/// <param name="ofApplication">The application's, as families of tags with reasons; each family may also be evicted by request.</param>
internal sealed class CacheEvictionKinds(IReadOnlyCollection<(string Family, string Reason)> ofApplication)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<(string Family, string Reason)> Known { get; } =
    [
        .. ofApplication,
        .. ofApplication.Select(eviction => eviction.Family).Distinct().Select(family => (family, CacheEvictionReasons.Requested)),
        (CacheTags.EverythingRow, CacheEvictionReasons.Requested),
        (CacheTags.EverythingRow, CacheEvictionReasons.HistoryWentBack),
    ];
}
