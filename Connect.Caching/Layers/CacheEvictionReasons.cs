namespace Connect.Caching.Layers;

/// <summary>Reasons of the cache's own evictions; applications add theirs.</summary>
internal static class CacheEvictionReasons
{
    /// <summary>A caller of <c>HybridCache</c> asked for it.</summary>
    public const string Requested = "requested";

    /// <summary>Entities with declared tags were saved.</summary>
    public const string Changed = "changed";

    /// <summary>The database was restored to an older state: cached values may contain changes that it no longer has.</summary>
    public const string HistoryWentBack = "history-went-back";
}
