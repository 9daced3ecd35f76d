namespace Connect.Core.Caching;

/// <summary>Why tags are evicted: a dimension of metrics, and what the row of a tag says.</summary>
public static class EvictionReasons
{
    /// <summary>An organization is new.</summary>
    public const string OrganizationCreated = "organization-created";

    /// <summary>An organization's profile or members changed.</summary>
    public const string ProfileChanged = "profile-changed";

    /// <summary>An organization is gone.</summary>
    public const string OrganizationDeleted = "organization-deleted";

    /// <summary>A scrape touched an open call.</summary>
    public const string Scrape = "scrape";

    /// <summary>Newer rules classified calls anew.</summary>
    public const string Reclassified = "reclassified";

    /// <summary>The deadline of calls has passed.</summary>
    public const string Expired = "expired";

    /// <summary>An administrator asked for it, or a caller of the abstraction.</summary>
    public const string Requested = "requested";

    /// <summary>The database is an older copy of itself.</summary>
    public const string HistoryWentBack = "history-went-back";

    /// <summary>What product code evicts, by family of tags; administrators may evict anything.</summary>
    internal static IEnumerable<(string Family, string Reason)> Known { get; } =
    [
        .. from reason in (string[])[OrganizationCreated, ProfileChanged, OrganizationDeleted, Requested] select ("org", reason),
        .. from tag in (string[])[CacheTags.Programs, CacheTags.Matches]
           from reason in (string[])[Scrape, Reclassified, Expired, Requested]
           select (tag, reason),
        (CacheTags.EverythingCounter, Requested),
        (CacheTags.EverythingCounter, HistoryWentBack),
    ];
}
