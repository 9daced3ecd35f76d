namespace Connect.Caching.Layers;

/// <summary>Why the cache itself evicts; an application has words of its own beside these.</summary>
public static class CacheEvictionReasons
{
    /// <summary>A caller of <c>HybridCache</c> asked for it.</summary>
    public const string Requested = "requested";

    /// <summary>Entities with declared tags were saved.</summary>
    public const string Changed = "changed";

    /// <summary>The database is an older copy of itself: everything cached may come from a future that it never had.</summary>
    public const string HistoryWentBack = "history-went-back";
}
